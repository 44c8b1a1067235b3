//! What platforms decided about accounts, their numbers and their templates, as the last event about each tells.

use fanfare_domain::webhook::NoticeKind;
use fanfare_domain::{AccountNoticeId, ChannelId, WebhookEventId};
use jiff::Timestamp;

use crate::{Result, WorkspaceTx, binds, sql};

/// One decision.
#[derive(Debug, Clone)]
pub struct AccountNotice {
    pub id: AccountNoticeId,
    pub channel: ChannelId,
    pub kind: NoticeKind,
    /// The platform's id of what it is about.
    pub subject: String,
    pub name: Option<String>,
    pub language: Option<String>,
    pub state: String,
    pub before: Option<String>,
    pub reason: Option<String>,
    pub until: Option<Timestamp>,
    pub at: Timestamp,
    pub event: WebhookEventId,
}

/// Keeps what an event says, unless something later is known already. Answers whether anything changed.
pub async fn keep(tx: &mut WorkspaceTx, new: &AccountNotice, now: Timestamp) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "INSERT INTO account_notices (id, workspace_id, channel_id, kind, subject, name, language, state, state_before,
                     reason, until, at, event_id, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                 ON CONFLICT (channel_id, kind, subject) DO UPDATE
                 SET name = COALESCE(excluded.name, account_notices.name),
                     language = COALESCE(excluded.language, account_notices.language), state = excluded.state,
                     state_before = excluded.state_before, reason = excluded.reason, until = excluded.until, at = excluded.at,
                     event_id = excluded.event_id
                 WHERE (account_notices.at, account_notices.event_id) < (excluded.at, excluded.event_id)"
            ),
            binds![
                new.id,
                workspace,
                new.channel,
                new.kind,
                &new.subject,
                new.name.clone(),
                new.language.clone(),
                &new.state,
                new.before.clone(),
                new.reason.clone(),
                new.until,
                new.at,
                new.event,
                now,
            ],
        )
        .await?;
    Ok(rows == 1)
}
