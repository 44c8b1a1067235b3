//! From something that happened to a message, and to everybody who wants to have it.

use fanfare_domain::{JobId, WebhookEndpointId, WebhookMessageId, WorkspaceId};
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::{Result, WorkspaceTx, outgoing, webhook_endpoints};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{KIND, data};
use crate::news::News;

/// The kind of an endpoint's job.
pub(super) const TELL: &str = "tell";

#[derive(Serialize, Deserialize)]
pub(super) struct Ids {
    pub workspace: WorkspaceId,
    pub endpoint: WebhookEndpointId,
}

/// Writes the message and has it sent, unless nobody wants it.
pub(crate) async fn fan_out(tx: &mut WorkspaceTx, news: &News<'_>, now: Timestamp) -> Result<()> {
    let Some(event_type) = data::event_type(news) else {
        return Ok(());
    };
    let wanted: Vec<_> = webhook_endpoints::listening(tx)
        .await?
        .into_iter()
        .filter(|(_, types)| types.is_empty() || types.iter().any(|wanted| wanted == event_type))
        .map(|(endpoint, _)| endpoint)
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let data = data::of(tx, news).await?;
    let id = WebhookMessageId::new(now);
    outgoing::insert_message(tx, id, event_type, body(event_type, now, &data)).await?;
    for endpoint in wanted {
        outgoing::insert_send(tx, endpoint, id, Some(now)).await?;
        enqueue(tx, endpoint, now).await?;
    }
    Ok(())
}

/// The body of a message, as it is sent.
pub(super) fn body(event_type: &str, at: Timestamp, data: &Json) -> String {
    json!({ "type": event_type, "timestamp": at, "data": data }).to_string()
}

/// Has an endpoint told what is due. Said after what is to be told was written: the job's row is what this and the lane both lock.
pub(super) async fn enqueue(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(workspace),
        kind: TELL,
        payload: json!(Ids {
            workspace,
            endpoint
        })
        .to_string(),
        key: Some(format!("{TELL}:{endpoint}")),
        due_at: now,
    };
    tx.note_change(KIND);
    jobs::enqueue(tx, job, now).await
}
