//! Reading a file of a bucket to its end, though the connection breaks on the way.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use fanfare_domain::media_files::ByteStream;
use futures::stream::{self, BoxStream};
use futures::{StreamExt as _, TryStreamExt as _};
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{Error, GetOptions, ObjectStore as _};

use super::bucket::io_error;

/// A server hangs up on whoever takes long breaks, as a paused video does. So often in a row, without a byte between, is no break any more.
const MOST_BREAKS: usize = 3;

/// What is still to be read.
struct Reading {
    store: Arc<AmazonS3>,
    at: Path,
    left: Range<u64>,
    /// Absent after a break.
    coming: Option<BoxStream<'static, Result<Bytes, Error>>>,
    breaks: usize,
}

/// Begins; what fails here is not tried again by us.
///
/// # Errors
/// As the library tells.
pub(super) async fn read(
    store: Arc<AmazonS3>,
    at: Path,
    range: Range<u64>,
) -> Result<ByteStream, Error> {
    let coming = Some(open(&store, &at, range.clone()).await?);
    let reading = Reading {
        store,
        at,
        left: range,
        coming,
        breaks: 0,
    };
    Ok(stream::try_unfold(reading, next).boxed())
}

async fn open(
    store: &AmazonS3,
    at: &Path,
    range: Range<u64>,
) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
    let options = GetOptions::new().with_range(Some(range));
    Ok(store.get_opts(at, options).await?.into_stream())
}

async fn next(mut reading: Reading) -> io::Result<Option<(Bytes, Reading)>> {
    while !reading.left.is_empty() {
        match more(&mut reading).await {
            Ok(Some(bytes)) => {
                reading.left.start += bytes.len() as u64;
                reading.breaks = 0;
                return Ok(Some((bytes, reading)));
            }
            Ok(None) => reading.coming = None,
            Err(gone @ Error::NotFound { .. }) => return Err(io_error(&gone)),
            Err(error) if reading.breaks >= MOST_BREAKS => return Err(io_error(&error)),
            Err(_) => reading.coming = None,
        }
        reading.breaks += 1;
        if reading.breaks > MOST_BREAKS {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(None)
}

async fn more(reading: &mut Reading) -> Result<Option<Bytes>, Error> {
    let coming = match reading.coming.take() {
        Some(coming) => coming,
        None => open(&reading.store, &reading.at, reading.left.clone()).await?,
    };
    reading.coming.insert(coming).try_next().await
}
