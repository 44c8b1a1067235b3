//! Tells the people who can mend it, once, that a connected account does not work any more, or will not for long.

use std::sync::Arc;

use async_trait::async_trait;
use fanfare_domain::connection::EXPIRING_MARGIN;
use fanfare_domain::{ConnectionId, ConnectionStatus, JobId, NotificationKind, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::settings::join;
use fanfare_store::connections::{self, Connection};
use fanfare_store::jobs::NewJob;
use fanfare_store::notifications::Notice;
use fanfare_store::users::User;
use fanfare_store::{StoreError, Tx, jobs, members, workspaces};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::mail::{self, CONNECTION_TROUBLE, Letter};
use crate::news::{ConnectionNews, News, tell as tell_news};
use crate::notifications;
use crate::periodic::Work;
use crate::{App, Result};

const TELL: &str = "connection.tell";
const BATCH: u32 = 200;

#[derive(Serialize, Deserialize)]
struct Ids {
    workspace: WorkspaceId,
    connection: ConnectionId,
}

/// Has the workspace told, in the transaction of what went wrong.
pub(super) async fn enqueue(
    tx: &mut Tx,
    workspace: WorkspaceId,
    connection: ConnectionId,
    now: Timestamp,
) -> std::result::Result<(), StoreError> {
    let ids = Ids {
        workspace,
        connection,
    };
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(workspace),
        kind: TELL,
        payload: json!(ids).to_string(),
        key: Some(format!("{TELL}:{connection}")),
        due_at: now,
    };
    jobs::enqueue(tx, job, now).await
}

/// Done every hour: access that ends by the passing of time fails nowhere until it is used.
pub(crate) const WATCH_ENDING: Work = Work {
    kind: "watch_ending_connections",
    every: SignedDuration::from_hours(1),
    body: |app| tell_of_ending(app).boxed(),
};

async fn tell_of_ending(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.as_system("which grants end").write().await?;
    for (workspace, connection) in
        connections::ending(&mut tx, now + EXPIRING_MARGIN, BATCH).await?
    {
        enqueue(&mut tx, workspace, connection, now).await?;
    }
    tx.commit().await?;
    app.jobs.ring();
    Ok(())
}

/// Writes to the owners and admins of a connection's workspace.
pub(crate) struct TellOfTrouble {
    app: Arc<App>,
}

impl TellOfTrouble {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for TellOfTrouble {
    fn kind(&self) -> &'static str {
        TELL
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let ids: Ids = job.ids()?;
        tell(&self.app, &ids).await?;
        Ok(Outcome::Done)
    }
}

async fn tell(app: &App, ids: &Ids) -> Result<()> {
    let now = app.now();
    let (connection, workspace) = {
        let mut tx = app.store.in_workspace(ids.workspace).read().await?;
        match connections::get(&mut tx, ids.connection).await {
            Ok(connection) => (connection, workspaces::name(&mut tx).await?),
            Err(StoreError::NotFound) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    };
    let Some(trouble) = Trouble::of(&connection, now) else {
        return Ok(());
    };
    let mut tx = app
        .store
        .as_system("tell of a connection's trouble")
        .write()
        .await?;
    if !connections::mark_alerted(&mut tx, ids.workspace, ids.connection, now).await? {
        return Ok(());
    }
    let platform = app.platform(&connection.platform)?.manifest().name;
    let url = join(
        &app.config.public_url,
        &format!("connections/{}", connection.id),
    );
    for user in members::managers(&mut tx, ids.workspace).await? {
        let notice = Notice {
            kind: NotificationKind::ConnectionTrouble,
            subject: connection.id.to_string(),
            post: None,
            title: &connection.name,
            what: Some(trouble.as_str()),
            platform: Some(&connection.platform),
            account: None,
        };
        if !notifications::tell_one(&mut tx, ids.workspace, user.id, &notice, now).await? {
            continue;
        }
        let values = json!({
            "account": connection.name,
            "platform": platform,
            "workspace": workspace,
            "problem": trouble.in_words(&user),
            "url": url,
        });
        let letter = Letter::to_user(&user, CONNECTION_TROUBLE, values);
        mail::post_with_way_out(app, &mut tx, user.id, letter).await?;
    }
    let mut tx = tx.into_workspace(ids.workspace);
    if matches!(trouble, Trouble::Ends(_)) {
        // Of everything else it was told when it happened.
        let news = News::Connection(connection.id, ConnectionNews::NeedsAttention);
        tell_news(&mut tx, news, now).await?;
    }
    Ok(tx.commit().await?)
}

/// What is wrong, as far as a message tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Ends(Timestamp),
    Ended,
    Withdrawn,
    Refused,
}

impl Trouble {
    /// None when the account works.
    fn of(connection: &Connection, now: Timestamp) -> Option<Self> {
        match (connection.status_at(now), connection.expires_at) {
            (ConnectionStatus::Expiring, Some(end)) => Some(Self::Ends(end)),
            (ConnectionStatus::Expired, _) => Some(Self::Ended),
            (ConnectionStatus::Revoked, _) => Some(Self::Withdrawn),
            (ConnectionStatus::Error, _) => Some(Self::Refused),
            // Renewing it fails again and again, though it still works.
            (ConnectionStatus::Connected, _) if connection.last_error.is_some() => {
                Some(Self::Refused)
            }
            _ => None,
        }
    }

    /// As a notification says it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Ends(_) => "ends",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
        }
    }

    fn in_words(self, user: &User) -> String {
        let is_spanish = user.language == "es";
        match self {
            Self::Ends(end) => {
                let day = end.strftime("%Y-%m-%d");
                if is_spanish {
                    format!("El acceso termina el {day} y no se renueva solo.")
                } else {
                    format!("Its access ends on {day} and does not renew itself.")
                }
            }
            Self::Ended if is_spanish => "El acceso ha terminado.".to_owned(),
            Self::Ended => "Its access has ended.".to_owned(),
            Self::Withdrawn if is_spanish => "La plataforma ya no acepta el acceso.".to_owned(),
            Self::Withdrawn => "The platform no longer accepts its access.".to_owned(),
            Self::Refused if is_spanish => {
                "La plataforma no permite que Fanfare trabaje con ella.".to_owned()
            }
            Self::Refused => "The platform does not let Fanfare work with it.".to_owned(),
        }
    }
}
