//! Tells the people who can mend it that nothing more is told to an endpoint.

use std::sync::Arc;

use async_trait::async_trait;
use fanfare_domain::webhook::DisabledWhy;
use fanfare_domain::{JobId, NotificationKind, WebhookEndpointId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::settings::join;
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::notifications::Notice;
use fanfare_store::users::User;
use fanfare_store::{StoreError, WorkspaceTx, members, webhook_endpoints, workspaces};
use jiff::Timestamp;
use serde_json::json;

use super::fan_out::Ids;
use crate::mail::{self, Letter};
use crate::{App, Result, notifications};

const KIND: &str = "tell.disabled";
/// The kind of message, and of the preference to have none.
const WEBHOOK_DISABLED: &str = "webhook_disabled";

/// Has the workspace told, in the transaction that disables the endpoint.
pub(super) async fn enqueue(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    now: Timestamp,
) -> fanfare_store::Result<()> {
    let workspace = tx.workspace();
    let ids = Ids {
        workspace,
        endpoint,
    };
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(workspace),
        kind: KIND,
        payload: json!(ids).to_string(),
        key: Some(format!("{KIND}:{endpoint}")),
        due_at: now,
    };
    jobs::enqueue(tx, job, now).await
}

/// Writes to the owners and admins of an endpoint's workspace.
pub(crate) struct TellOfDisabled {
    app: Arc<App>,
}

impl TellOfDisabled {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for TellOfDisabled {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let ids: Ids = job.ids()?;
        let mut tx = self.app.store.in_workspace(ids.workspace).read().await?;
        let endpoint = match webhook_endpoints::get(&mut tx, ids.endpoint).await {
            Ok(endpoint) => endpoint,
            Err(StoreError::NotFound) => return Ok(Outcome::Done),
            Err(error) => return Err(error.into()),
        };
        let workspace = workspaces::name(&mut tx).await?;
        drop(tx);
        if let Some((_, why)) = endpoint.disabled
            && why != DisabledWhy::Person
        {
            tell(&self.app, &ids, &endpoint.url, &workspace, why).await?;
        }
        Ok(Outcome::Done)
    }
}

async fn tell(
    app: &App,
    ids: &Ids,
    address: &str,
    workspace: &str,
    why: DisabledWhy,
) -> Result<()> {
    let url = join(
        &app.config.public_url,
        &format!("webhooks/outgoing/{}", ids.endpoint),
    );
    let now = app.now();
    let mut tx = app
        .store
        .as_system("tell of a disabled webhook")
        .write()
        .await?;
    for user in members::managers(&mut tx, ids.workspace).await? {
        let notice = Notice {
            kind: NotificationKind::WebhookDisabled,
            subject: ids.endpoint.to_string(),
            post: None,
            title: address,
            what: Some(why.as_str()),
            platform: None,
            account: None,
        };
        if !notifications::tell_one(&mut tx, ids.workspace, user.id, &notice, now).await? {
            continue;
        }
        let values = json!({
            "address": address,
            "workspace": workspace,
            "problem": in_words(why, &user),
            "url": url,
        });
        let letter = Letter::to_user(&user, WEBHOOK_DISABLED, values);
        mail::post_with_way_out(app, &mut tx, user.id, letter).await?;
    }
    Ok(tx.commit().await?)
}

fn in_words(why: DisabledWhy, user: &User) -> &'static str {
    match (why, user.language == "es") {
        (DisabledWhy::Gone, true) => "El servidor ha contestado que la dirección ya no existe.",
        (DisabledWhy::Gone, false) => "The server answered that the address is gone for good.",
        (_, true) => "Durante cinco días no ha llegado nada.",
        (_, false) => "For five days nothing has arrived there.",
    }
}
