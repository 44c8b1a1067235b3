//! Messages to accounts, and what became of messages from them, as platforms tell it. Nothing is done about them yet.

use fanfare_domain::{ChannelId, InboundMessageId, WebhookEventId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, WorkspaceTx, binds, sql};

/// One thing that was told of a conversation.
#[derive(Debug, Clone)]
pub struct InboundMessage {
    pub id: InboundMessageId,
    pub channel: ChannelId,
    pub kind: String,
    pub remote_id: String,
    /// Whom the conversation is with, as the platform calls them.
    pub contact: String,
    pub text: Option<String>,
    pub payload: Json,
    pub at: Timestamp,
    pub event: WebhookEventId,
}

/// Keeps it. False when it is there already.
pub async fn keep(tx: &mut WorkspaceTx, new: &InboundMessage, now: Timestamp) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "INSERT INTO inbound_messages (id, workspace_id, channel_id, kind, remote_id, contact, text, payload, at, event_id,
                     created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                 ON CONFLICT (channel_id, remote_id) DO NOTHING"
            ),
            binds![
                new.id,
                workspace,
                new.channel,
                &new.kind,
                &new.remote_id,
                &new.contact,
                new.text.clone(),
                &new.payload,
                new.at,
                new.event,
                now,
            ],
        )
        .await?;
    Ok(rows == 1)
}
