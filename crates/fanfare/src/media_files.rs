//! Where this installation keeps pictures and videos, as its operator decided.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use fanfare_app::media::noted_bucket;
use fanfare_backends::media::Disk;
use fanfare_domain::media_files::MediaFiles;
use fanfare_store::Store;

use crate::config::Config;

/// In the bucket where one is configured, else in the folder.
///
/// # Errors
/// When the folder cannot be made, or the bucket is not to be used. One that only does not answer is no error: everything else works.
pub(crate) async fn open(
    config: &Config,
    store: &Store,
    folder: &Path,
) -> anyhow::Result<Arc<dyn MediaFiles>> {
    #[cfg(feature = "s3")]
    if let Some(files) = bucket::open(config, store, folder).await? {
        return Ok(Arc::new(files));
    }
    #[cfg(not(feature = "s3"))]
    let _ = config;
    if let Some(bucket) = noted_bucket(store).await? {
        tracing::warn!(
            %bucket,
            "pictures and videos were kept in a bucket, and FANFARE_S3_URL does not name one now: what is there cannot be read. Set it \
             again, or first move everything here with `fanfare media move --to disk`"
        );
    }
    let disk = Disk::open(folder).with_context(|| cannot_be_made(folder))?;
    Ok(Arc::new(disk))
}

fn cannot_be_made(folder: &Path) -> String {
    format!("{} cannot be made", folder.display())
}

#[cfg(feature = "s3")]
pub(crate) mod bucket {
    //! The bucket of `FANFARE_S3_URL`.

    use std::path::Path;

    use anyhow::{Context as _, bail};
    use fanfare_app::media::{installation_name, note_bucket, noted_bucket};
    use fanfare_backends::media::{BucketError, DiskFirst};
    use fanfare_store::Store;

    use crate::config::Config;

    /// The bucket with the folder in front of it; nothing when none is configured.
    pub(crate) async fn open(
        config: &Config,
        store: &Store,
        folder: &Path,
    ) -> anyhow::Result<Option<DiskFirst>> {
        let Some(url) = &config.s3_url else {
            return Ok(None);
        };
        let installation = installation_name(store).await?;
        let files = DiskFirst::open(folder, url, &installation)
            .context("Pictures and videos cannot be kept as FANFARE_S3_URL says")?;
        match files.bucket.claim().await {
            Ok(()) => {}
            Err(BucketError::OthersFiles) => bail!(
                "Another installation of Fanfare keeps its files in {}. Two in one place would clear each other's files away: give \
                 this one a folder or a bucket of its own in FANFARE_S3_URL.",
                files.bucket
            ),
            Err(BucketError::Refused(why)) => bail!(
                "The server of FANFARE_S3_URL does not let us use {}: {why}. Check the bucket's name, the key and what the key may do: \
                 it has to read, write, delete and list.",
                files.bucket
            ),
            Err(BucketError::Away(why)) => tracing::warn!(
                %why,
                "the server of FANFARE_S3_URL does not answer: pictures and videos cannot be read or added until it does"
            ),
        }
        let bucket = files.bucket.to_string();
        if let Some(before) = noted_bucket(store)
            .await?
            .filter(|before| *before != bucket)
        {
            tracing::warn!(
                %before, now = %bucket,
                "FANFARE_S3_URL leads elsewhere than when Fanfare started last: files that were not copied cannot be read"
            );
        }
        note_bucket(store, Some(&bucket)).await?;
        Ok(Some(files))
    }
}
