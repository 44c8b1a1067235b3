//! Where the bytes of pictures and videos are kept: in a folder of this machine, or in a bucket of a server that speaks S3.

use std::io;

use fanfare_domain::Secret;

#[cfg(feature = "s3")]
mod bucket;
mod disk;
#[cfg(feature = "s3")]
mod disk_first;
#[cfg(feature = "s3")]
mod moving;
#[cfg(feature = "s3")]
mod reading;
#[cfg(feature = "s3")]
mod s3_url;

#[cfg(feature = "s3")]
pub use bucket::{Bucket, BucketError};
pub use disk::Disk;
#[cfg(feature = "s3")]
pub use disk_first::DiskFirst;
#[cfg(feature = "s3")]
pub use moving::{Direction, Moved, move_all, to_move};

/// Whether `FANFARE_S3_URL` may be that.
///
/// # Errors
/// In words that do not repeat the address: there is a secret key in it.
#[cfg(feature = "s3")]
pub fn check_url(url: &Secret) -> Result<(), String> {
    s3_url::read(url).map(drop)
}

/// Refuses every address: this build cannot use one.
///
/// # Errors
/// Always.
#[cfg(not(feature = "s3"))]
pub fn check_url(_: &Secret) -> Result<(), String> {
    Err(
        "this Fanfare was built without S3. Leave the setting out, or use a build with it"
            .to_owned(),
    )
}

/// Why nothing can be kept.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{0}")]
    Url(String),
    #[error("the folder cannot be made: {0}")]
    Folder(#[from] io::Error),
}
