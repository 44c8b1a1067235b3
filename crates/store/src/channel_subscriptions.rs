//! What platforms are to tell of channels, and what they do tell.

use fanfare_domain::{ChannelId, ErrorCode, WorkspaceId};
use jiff::Timestamp;
use serde_json::json;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// What is told of one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    pub channel: ChannelId,
    pub wanted: Vec<String>,
    /// What the platform said last; absent before it was asked.
    pub actual: Option<Vec<String>>,
    /// Something is told, and the fields are chosen in the application's settings there.
    pub by_application: bool,
    pub verified_at: Option<Timestamp>,
    /// Why it last could not be looked at or set.
    pub trouble: Option<Trouble>,
    pub failed_at: Option<Timestamp>,
    /// In a row.
    pub failures: i64,
}

/// A platform's refusal, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub code: ErrorCode,
    pub detail: String,
    pub advice: String,
}

/// Begins to keep what is told of a channel, unless it is kept already.
pub async fn ensure(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    wanted: &[&str],
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO channel_subscriptions (channel_id, workspace_id, wanted, updated_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (channel_id) DO NOTHING"
        ),
        binds![channel, workspace, json!(wanted).to_string(), now],
    )
    .await?;
    Ok(())
}

pub async fn get(tx: &mut WorkspaceTx, channel: ChannelId) -> Result<Option<Subscription>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!("SELECT * FROM channel_subscriptions WHERE workspace_id = $1 AND channel_id = $2"),
        binds![workspace, channel],
        read,
    )
    .await
}

/// Those of all channels that are not removed.
pub async fn list(tx: &mut WorkspaceTx) -> Result<Vec<Subscription>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT s.* FROM channel_subscriptions s JOIN channels c ON c.id = s.channel_id
             WHERE s.workspace_id = $1 AND c.removed_at IS NULL ORDER BY s.channel_id LIMIT 5000"
        ),
        binds![workspace],
        read,
    )
    .await
}

/// Notes what a person wants to be told.
pub async fn set_wanted(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    wanted: &[String],
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channel_subscriptions SET wanted = $3, updated_at = $4 WHERE workspace_id = $1 AND channel_id = $2"
        ),
        binds![workspace, channel, json!(wanted).to_string(), now],
    )
    .await?;
    Ok(())
}

/// Notes what the platform says it tells.
pub async fn keep_seen(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    actual: &[String],
    by_application: bool,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channel_subscriptions
             SET actual = $3, by_application = $4, verified_at = $5, error_code = NULL, error = NULL, advice = NULL,
                 failed_at = NULL, failures = 0, updated_at = $5
             WHERE workspace_id = $1 AND channel_id = $2"
        ),
        binds![
            workspace,
            channel,
            json!(actual).to_string(),
            by_application,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Notes why it could not be looked at or set.
pub async fn keep_trouble(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    trouble: &Trouble,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channel_subscriptions
             SET error_code = $3, error = $4, advice = $5, failed_at = $6, failures = failures + 1, updated_at = $6
             WHERE workspace_id = $1 AND channel_id = $2"
        ),
        binds![
            workspace,
            channel,
            trouble.code,
            &trouble.detail,
            &trouble.advice,
            now
        ],
    )
    .await?;
    Ok(())
}

/// What every workspace that has the account wants to be told of it: at the platform there is one list for all of them.
pub async fn wanted_of_account(
    tx: &mut SystemTx,
    platform: &str,
    remote_id: &str,
) -> Result<Vec<Vec<String>>> {
    tx.all(
        sql!(
            "SELECT s.wanted FROM channel_subscriptions s JOIN channels c ON c.id = s.channel_id
             WHERE c.platform = $1 AND c.remote_id = $2 AND c.removed_at IS NULL ORDER BY s.channel_id LIMIT 1000"
        ),
        binds![platform, remote_id],
        |row| row.json("wanted"),
    )
    .await
}

/// Channels whose subscription nobody has looked at since `before`, and did not fail since either.
pub async fn unseen_since(
    tx: &mut SystemTx,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<(WorkspaceId, ChannelId)>> {
    tx.all(
        sql!(
            "SELECT s.workspace_id, s.channel_id FROM channel_subscriptions s JOIN channels c ON c.id = s.channel_id
             WHERE c.removed_at IS NULL AND COALESCE(s.verified_at, 0) < $1 AND COALESCE(s.failed_at, 0) < $1
             ORDER BY s.channel_id LIMIT $2"
        ),
        binds![before, limit],
        |row| Ok((row.id("workspace_id")?, row.id("channel_id")?)),
    )
    .await
}

/// Channels of which something is told, of all workspaces or of one platform only, from after `after`.
pub async fn told(
    tx: &mut SystemTx,
    platform: &str,
    account: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<(WorkspaceId, ChannelId)>> {
    tx.all(
        sql!(
            "SELECT s.workspace_id, s.channel_id FROM channel_subscriptions s JOIN channels c ON c.id = s.channel_id
             WHERE c.removed_at IS NULL AND (s.by_application OR COALESCE(s.actual, '[]') <> '[]')
                 AND ($1 = '' OR c.platform = $1) AND ($2 = '' OR c.remote_id = $2) AND s.channel_id > $3
             ORDER BY s.channel_id LIMIT $4"
        ),
        binds![platform, account, after, limit],
        |row| Ok((row.id("workspace_id")?, row.id("channel_id")?)),
    )
    .await
}

impl Subscription {
    /// The platform tells something of the channel, as far as is known.
    #[must_use]
    pub fn tells_something(&self) -> bool {
        self.by_application
            || self
                .actual
                .as_ref()
                .is_some_and(|actual| !actual.is_empty())
    }
}

fn read(row: &Row) -> Result<Subscription> {
    let actual = row.optional_text("actual")?;
    Ok(Subscription {
        channel: row.id("channel_id")?,
        wanted: row.json("wanted")?,
        actual: match actual {
            Some(_) => Some(row.json("actual")?),
            None => None,
        },
        by_application: row.bool("by_application")?,
        verified_at: row.optional_instant("verified_at")?,
        trouble: trouble(row)?,
        failed_at: row.optional_instant("failed_at")?,
        failures: row.int("failures")?,
    })
}

/// A refusal that is kept in three columns.
pub(crate) fn trouble(row: &Row) -> Result<Option<Trouble>> {
    let code = row.optional_text("error_code")?;
    let Some(code) = code.as_deref().and_then(ErrorCode::parse) else {
        return Ok(None);
    };
    Ok(Some(Trouble {
        code,
        detail: row.optional_text("error")?.unwrap_or_default(),
        advice: row.optional_text("advice")?.unwrap_or_default(),
    }))
}
