//! A video's way: sent in pieces, finished, waited for.

use std::time::Duration;

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{Outgoing, OutgoingMedia, Progress, Reconciled, Step};
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};

use super::{Walk, checkpoint, receipt, video_of};
use crate::facebook::NAME;
use crate::facebook::api::{PageCalls, Seen};
use crate::facebook::video::Upload;

const POLL_FIRST: Duration = Duration::from_secs(5);
const POLL_MAX: Duration = Duration::from_secs(60);
/// After about an hour of processing we stop looking; Facebook has accepted the video.
const POLLS_MAX: u32 = 60;
/// A long upload lets other work in after so many bytes.
const BREATH: u64 = 128 * 1024 * 1024;
/// How often a video is sent anew after Facebook lost it.
const ROUNDS_MAX: u32 = 3;

pub async fn start(
    page: &PageCalls<'_>,
    video: &OutgoingMedia,
    round: u32,
) -> Result<Step, PlatformError> {
    let upload = page.start_video(video).await?;
    checkpoint(&Walk::Sending { upload, round })
}

/// Sends the next piece; after the last, announces that the video will be shown.
pub async fn send(
    ctx: &PlatformContext,
    page: &PageCalls<'_>,
    outgoing: &Outgoing,
    upload: Upload,
    round: u32,
) -> Result<Step, PlatformError> {
    let Some(video) = video_of(outgoing) else {
        return checkpoint(&Walk::default());
    };
    if upload.is_whole() {
        let walk = Walk::Finishing {
            upload,
            round,
            at: ctx.now(),
        };
        return Ok(Step::Intend(Progress::from_value(&walk)));
    }
    match page.send_piece(video, &upload).await {
        Ok(sent) => {
            let is_breath = sent.start / BREATH != upload.start / BREATH;
            let progress = Progress::from_value(&Walk::Sending {
                upload: sent,
                round,
            });
            Ok(if is_breath {
                Step::Wait {
                    progress,
                    after: Duration::ZERO,
                }
            } else {
                Step::Checkpoint(progress)
            })
        }
        // Nobody has seen anything of it, so it may begin again.
        Err(error) if is_upload_lost(&error) && round < ROUNDS_MAX => {
            start(page, video, round + 1).await
        }
        Err(error) => Err(error),
    }
}

/// Facebook counts otherwise than we do, as after a crash, or has forgotten the upload.
fn is_upload_lost(error: &PlatformError) -> bool {
    match error.advice {
        Advice::Retry { .. } => error.code == ErrorCode::MediaMissing,
        Advice::Permanent => error.code == ErrorCode::PlatformRefused,
        _ => false,
    }
}

/// Asks whether Facebook has finished with a video that it has accepted already.
pub async fn wait(
    ctx: &PlatformContext,
    page: &PageCalls<'_>,
    video: String,
    polls: u32,
    accepted: bool,
) -> Result<Step, PlatformError> {
    let seen = match page.read_video(&video).await {
        Ok(seen) => seen,
        // It is accepted, so what forbids reading it does not undo it.
        Err(error)
            if accepted && matches!(error.advice, Advice::Permanent | Advice::NeedsPermission) =>
        {
            return Ok(Step::Published(receipt(ctx, video, None)));
        }
        Err(error) => return Err(error),
    };
    match seen.status.video_status.as_deref() {
        Some("error" | "upload_failed" | "expired") => Err(rejected(&video, &seen)),
        Some("uploading" | "upload_complete" | "processing") if polls < POLLS_MAX => {
            let after = (POLL_FIRST * (polls + 1)).min(POLL_MAX);
            let progress = Progress::from_value(&Walk::Processing {
                video,
                polls: polls + 1,
                accepted,
            });
            Ok(Step::Wait { progress, after })
        }
        _ if accepted || seen.published => Ok(Step::Published(receipt(ctx, video, Some(&seen)))),
        other => {
            let log = format!("video {video} is {other:?}, and nothing says that it is shown");
            Err(PlatformError::outcome_unknown(NAME, log))
        }
    }
}

/// Asks about a video that is processed, but of which Facebook never said that it will be shown.
pub async fn is_shown(
    ctx: &PlatformContext,
    page: &PageCalls<'_>,
    video: String,
) -> Result<Reconciled, PlatformError> {
    let seen = page.read_video(&video).await?;
    if seen.published {
        return Ok(Reconciled::Published(receipt(ctx, video, Some(&seen))));
    }
    Ok(Reconciled::Unknown)
}

fn rejected(video: &str, seen: &Seen) -> PlatformError {
    let why = seen.processing_error();
    PlatformError::new(
        Advice::FixContent {
            field: "media".into(),
        },
        ErrorCode::MediaRejected,
        format!("Facebook could not process the video: {why}"),
        format!("video {video}: {why}"),
    )
}

/// Where to go on once it is known whether a video was finished. It is the same video in any case, so finishing it a
/// second time cannot make a second post.
pub fn after_finishing(seen: &Seen, upload: Upload, round: u32) -> Walk {
    match seen.status.video_status.as_deref() {
        Some("processing" | "ready" | "error") => Walk::Processing {
            video: upload.video,
            polls: 0,
            accepted: false,
        },
        _ if seen.published => Walk::Processing {
            video: upload.video,
            polls: 0,
            accepted: false,
        },
        _ => Walk::Sending { upload, round },
    }
}
