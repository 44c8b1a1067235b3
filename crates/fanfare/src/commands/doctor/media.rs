//! Where pictures and videos are kept.

use super::Finding::{self, Good};
use crate::config::Config;

pub(super) async fn examine(config: &Config) -> Finding {
    match &config.s3_url {
        None => Good("Pictures and videos are kept in the data folder.".to_owned()),
        #[cfg(feature = "s3")]
        Some(url) => bucket(url).await,
        #[cfg(not(feature = "s3"))]
        Some(_) => unreachable!("no address of a bucket is taken without S3"),
    }
}

#[cfg(feature = "s3")]
async fn bucket(url: &fanfare_domain::Secret) -> Finding {
    use fanfare_backends::media::Bucket;

    // Whose it is, the start tells: here nothing of it is claimed.
    let bucket = match Bucket::open(url, "") {
        Ok(bucket) => bucket,
        Err(wrong) => return Finding::Wrong(format!("FANFARE_S3_URL cannot be used: {wrong}.")),
    };
    match bucket.try_out().await {
        Ok(()) => Good(format!(
            "Pictures and videos are kept in {bucket}, which can be read and written."
        )),
        Err(why) => Finding::Wrong(format!(
            "Pictures and videos are to be kept in {bucket}, which cannot be used: {why}. Check FANFARE_S3_URL, and that its key may \
             read, write, delete and list there."
        )),
    }
}
