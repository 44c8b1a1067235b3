//! Work that comes round by itself. Each is one job with a key, so that it exists once however many nodes there are.

use std::sync::Arc;

use async_trait::async_trait;
use fanfare_domain::JobId;
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::jobs::{self, NewJob};
use futures::future::BoxFuture;
use jiff::SignedDuration;

use crate::App;

/// One kind of work and how often it is done.
pub(crate) struct Periodic {
    app: Arc<App>,
    work: &'static Work,
}

/// What is done, and how often.
pub(crate) struct Work {
    pub kind: &'static str,
    pub every: SignedDuration,
    pub body: for<'a> fn(&'a App) -> BoxFuture<'a, anyhow::Result<()>>,
}

impl Periodic {
    pub(crate) fn new(app: Arc<App>, work: &'static Work) -> Self {
        Self { app, work }
    }
}

#[async_trait]
impl Handler for Periodic {
    fn kind(&self) -> &'static str {
        self.work.kind
    }

    async fn run(&self, _: &JobRun) -> anyhow::Result<Outcome> {
        (self.work.body)(&self.app).await?;
        Ok(Outcome::Again {
            at: self.app.now() + self.work.every,
        })
    }
}

/// Makes sure that each piece of work has its job, due now.
pub(crate) async fn start(app: &App, all: &[&Work]) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.as_system("start periodic work").write().await?;
    for work in all {
        let job = NewJob {
            id: JobId::new(now),
            workspace: None,
            kind: work.kind,
            payload: "{}".to_owned(),
            key: Some(work.kind.to_owned()),
            due_at: now,
        };
        jobs::enqueue(&mut tx, job, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
