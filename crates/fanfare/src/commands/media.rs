//! `fanfare media`.

use anyhow::{Result, bail};

use crate::command_line::MediaQuestion;
use crate::config::Config;

/// Answers it.
pub(super) async fn answer(config: &Config, question: &MediaQuestion) -> Result<()> {
    if config.s3_url.is_none() {
        bail!(
            "There is no bucket to move pictures and videos to or from. Name one in FANFARE_S3_URL first."
        );
    }
    let MediaQuestion::Move { to, dry_run } = question;
    #[cfg(feature = "s3")]
    return moving::move_all(config, *to, *dry_run).await;
    // Without the feature no address of a bucket is taken.
    #[cfg(not(feature = "s3"))]
    {
        let _ = (to, dry_run);
        Ok(())
    }
}

#[cfg(feature = "s3")]
mod moving {
    use std::time::{Duration, Instant};

    use anyhow::{Context as _, Result};
    use fanfare_app::media::{LocalFiles, note_bucket};
    use fanfare_backends::media::{Direction, Moved, to_move};

    use crate::command_line::Whereto;
    use crate::commands::database;
    use crate::config::Config;
    use crate::data_dir::DataDir;
    use crate::media_files::bucket;

    const TELL_EVERY: Duration = Duration::from_secs(5);

    /// Moves all files, or only tells how much that would be.
    pub(super) async fn move_all(config: &Config, to: Whereto, is_dry: bool) -> Result<()> {
        let store = database::open_existing(config).await?;
        let data = DataDir::open(&config.data)?;
        let local = LocalFiles::open(data.media())?;
        let files = bucket::open(config, &store, local.root()).await?;
        let files = files.context("FANFARE_S3_URL is set")?;
        let (direction, place) = match to {
            Whereto::Bucket => (Direction::ToBucket, files.bucket.to_string()),
            Whereto::Disk => (Direction::ToDisk, local.root().display().to_string()),
        };
        let all = to_move(&files, direction).await?;
        if all.files == 0 {
            println!("Nothing is left to move to {place}.");
        } else if is_dry {
            println!("{} would be moved to {place}.", words(all));
        } else {
            let (workbench, mut told) = (local.incoming_folder(), Instant::now());
            let moved =
                fanfare_backends::media::move_all(&files, direction, &workbench, |so_far| {
                    if told.elapsed() > TELL_EVERY {
                        told = Instant::now();
                        println!("{} of {}", words(so_far), words(all));
                    }
                });
            let moved = moved.await.context(
                "Moving stopped. Nothing is lost: what was moved is read from its new place, the rest from its old one. Run it again",
            )?;
            println!("{} moved to {place}.", words(moved));
        }
        if !is_dry && direction == Direction::ToDisk {
            note_bucket(&store, None).await?;
        }
        store.close().await;
        Ok(())
    }

    fn words(Moved { files, bytes }: Moved) -> String {
        let mib = bytes.div_ceil(1024 * 1024);
        match files {
            1 => format!("1 file ({mib} MiB)"),
            files => format!("{files} files ({mib} MiB)"),
        }
    }
}
