//! What is remembered while a person is away consenting. A state is known by its hash, works once, and only for the session that
//! began.

use fanfare_domain::{SessionId, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, SystemTx, WorkspaceTx, binds, sql};

/// A state to be.
#[derive(Debug, Clone)]
pub struct NewState<'a> {
    pub hash: &'a str,
    pub session: SessionId,
    pub platform: &'a str,
    /// Sealed: verifier, server and whatever else the platform needs back.
    pub kept: Vec<u8>,
    /// A local path.
    pub return_to: &'a str,
    pub expires_at: Timestamp,
}

/// A state that was just used up.
#[derive(Debug, Clone)]
pub struct UsedState {
    pub workspace: WorkspaceId,
    pub kept: Vec<u8>,
    pub return_to: String,
    pub expires_at: Timestamp,
}

pub async fn insert(tx: &mut WorkspaceTx, state: NewState<'_>) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO oauth_states (state_hash, workspace_id, session_id, platform, kept, return_to, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        binds![
            state.hash,
            workspace,
            state.session,
            state.platform,
            state.kept,
            state.return_to,
            state.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// Uses a state up: whoever deletes the row has it, so it works once however many ask at the same time. The callback does not
/// say which workspace it is for; the state does.
pub async fn consume(
    tx: &mut SystemTx,
    hash: &str,
    session: SessionId,
    platform: &str,
) -> Result<Option<UsedState>> {
    tx.optional(
        sql!(
            "DELETE FROM oauth_states WHERE state_hash = $1 AND session_id = $2 AND platform = $3
             RETURNING workspace_id, kept, return_to, expires_at"
        ),
        binds![hash, session, platform],
        |row| {
            Ok(UsedState {
                workspace: row.id("workspace_id")?,
                kept: row.bytes("kept")?,
                return_to: row.text("return_to")?,
                expires_at: row.instant("expires_at")?,
            })
        },
    )
    .await
}

/// Sweeps out what nobody came back for.
pub async fn delete_expired(tx: &mut WorkspaceTx, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM oauth_states WHERE workspace_id = $1 AND expires_at <= $2"),
        binds![workspace, now],
    )
    .await?;
    Ok(())
}

/// Sweeps out what nobody came back for, in all workspaces.
pub async fn delete_all_expired(tx: &mut SystemTx, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM oauth_states WHERE expires_at <= $1"),
        binds![now],
    )
    .await?;
    Ok(())
}
