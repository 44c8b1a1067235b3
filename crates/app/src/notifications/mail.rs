//! Mail about what happened: gathered, so that a bad hour is a handful of messages and not a hundred.

use std::sync::Arc;

use async_trait::async_trait;
use fanfare_domain::{JobId, UserId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::settings::join;
use fanfare_store::jobs::NewJob;
use fanfare_store::notifications::{self, Notification};
use fanfare_store::users::User;
use fanfare_store::{Tx, jobs, users, workspaces};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::words;
use crate::mail::{self, Letter, NOTIFICATIONS};
use crate::{App, Result};

const WRITE: &str = "notification.mail";
/// What happens in one such stretch of time is one message.
const STRETCH_MILLIS: i64 = 5 * 60 * 1000;
/// A message tells so many things; the rest are in the interface.
const MOST_LINES: usize = 20;

#[derive(Serialize, Deserialize)]
struct Ids {
    workspace: WorkspaceId,
    user: UserId,
}

/// Has somebody written to at the end of this stretch of time, in the transaction of what they are told.
pub(super) async fn enqueue(
    tx: &mut Tx,
    workspace: WorkspaceId,
    user: UserId,
    now: Timestamp,
) -> fanfare_store::Result<()> {
    let stretch = now.as_millisecond() / STRETCH_MILLIS;
    let end = Timestamp::from_millisecond((stretch + 1) * STRETCH_MILLIS).unwrap_or(now);
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(workspace),
        kind: WRITE,
        payload: json!(Ids { workspace, user }).to_string(),
        // One for each stretch: what is told while one is being worked off is the next one's.
        key: Some(format!("{WRITE}:{workspace}:{user}:{stretch}")),
        due_at: end,
    };
    jobs::enqueue(tx, job, now).await
}

/// Writes to one person about what happened in one workspace.
pub(crate) struct WriteMail {
    app: Arc<App>,
}

impl WriteMail {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for WriteMail {
    fn kind(&self) -> &'static str {
        WRITE
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        write(&self.app, &job.ids()?).await?;
        Ok(Outcome::Done)
    }
}

async fn write(app: &App, ids: &Ids) -> Result<()> {
    let mut tx = app
        .store
        .as_system("write about what happened")
        .write()
        .await?;
    let waiting = notifications::take_waiting(&mut tx, ids.workspace, ids.user).await?;
    let user = users::working(&mut tx, ids.user).await?;
    if let (Some(user), false) = (user, waiting.is_empty()) {
        let workspace = workspaces::of_user(&mut tx, user.id)
            .await?
            .into_iter()
            .find(|membership| membership.workspace == ids.workspace);
        if let Some(workspace) = workspace {
            let values = values(app, &user, &workspace.name, &waiting);
            let letter = Letter::to_user(&user, NOTIFICATIONS, values);
            mail::post_with_way_out(app, &mut tx, user.id, letter).await?;
        }
    }
    Ok(tx.commit().await?)
}

fn values(app: &App, user: &User, workspace: &str, waiting: &[Notification]) -> Json {
    let line = |one: &Notification| {
        json!({
            "text": words::in_words(one, &user.language),
            "url": join(&app.config.public_url, &words::path(one)),
        })
    };
    let lines: Vec<Json> = waiting.iter().take(MOST_LINES).map(line).collect();
    json!({
        "workspace": workspace,
        "count": waiting.len(),
        "lines": lines,
        "url": join(&app.config.public_url, "notifications"),
    })
}
