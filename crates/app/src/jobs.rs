//! The list of all background work.

use std::sync::Arc;

use fanfare_jobs::Handler;

use crate::App;
use crate::accounts::SendResetLink;
use crate::connections::REFRESH;
use crate::connections::alert::{TellOfTrouble, WATCH_ENDING};
use crate::exports::MakeExport;
use crate::hearing::{
    CatchUpJob, ClaimEvents, HearAgain, LISTENING, Listen, LookRegularly, UNCLAIMED, WorkOff,
};
use crate::housekeeping::HOUSEKEEPING;
use crate::mail::SendMail;
use crate::media::FetchImport;
use crate::notifications::WriteMail;
use crate::periodic::{self, Periodic, Work};
use crate::publishing::{Deliver, WATCH, WriteComment};
use crate::retention::RETENTION;
use crate::scheduling::{RepeatPosts, WATCH_SERIES};
use crate::telling::{Tell, TellOfDisabled};

/// What comes round by itself.
const PERIODIC: &[&Work] = &[
    &WATCH,
    &WATCH_SERIES,
    &REFRESH,
    &WATCH_ENDING,
    &HOUSEKEEPING,
    &RETENTION,
    &LISTENING,
    &UNCLAIMED,
];

/// The bodies of all jobs, for the runner.
#[must_use]
pub fn handlers(app: &Arc<App>) -> Vec<Arc<dyn Handler>> {
    let mut all: Vec<Arc<dyn Handler>> = vec![
        Arc::new(Deliver::new(Arc::clone(app))),
        Arc::new(WriteComment::new(Arc::clone(app))),
        Arc::new(RepeatPosts::new(Arc::clone(app))),
        Arc::new(SendMail::new(Arc::clone(app))),
        Arc::new(TellOfTrouble::new(Arc::clone(app))),
        Arc::new(WriteMail::new(Arc::clone(app))),
        Arc::new(WorkOff::new(Arc::clone(app))),
        Arc::new(Tell::new(Arc::clone(app))),
        Arc::new(TellOfDisabled::new(Arc::clone(app))),
        Arc::new(ClaimEvents::new(Arc::clone(app))),
        Arc::new(HearAgain::new(Arc::clone(app))),
        Arc::new(LookRegularly::new(Arc::clone(app))),
        Arc::new(Listen::new(Arc::clone(app))),
        Arc::new(CatchUpJob::new(Arc::clone(app))),
        Arc::new(SendResetLink::new(Arc::clone(app))),
        Arc::new(MakeExport::new(Arc::clone(app))),
        Arc::new(FetchImport::new(Arc::clone(app))),
    ];
    for work in PERIODIC {
        all.push(Arc::new(Periodic::new(Arc::clone(app), work)));
    }
    all
}

/// Makes sure that the periodic work goes on. Called at start, before the runner runs.
///
/// # Errors
/// When the database fails.
pub async fn start_periodic(app: &App) -> anyhow::Result<()> {
    periodic::start(app, PERIODIC).await
}
