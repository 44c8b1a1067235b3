//! What a person settled for one connection.

use fanfare_domain::ConnectionId;
use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use crate::{Result, WorkspaceTx, binds, comma_list, sql, sql_in};

/// By name; what nobody settled is not there.
pub type Settings = Map<String, Json>;

/// The settings of one connection.
pub async fn get(tx: &mut WorkspaceTx, connection: ConnectionId) -> Result<Settings> {
    let workspace = tx.workspace();
    let found = tx
        .optional(
            sql!("SELECT settings FROM integration_settings WHERE workspace_id = $1 AND connection_id = $2"),
            binds![workspace, connection],
            |row| row.json("settings"),
        )
        .await?;
    Ok(found.unwrap_or_default())
}

/// The settings of several connections; those without any are left out.
pub async fn many(
    tx: &mut WorkspaceTx,
    connections: &[ConnectionId],
) -> Result<Vec<(ConnectionId, Settings)>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT connection_id, settings FROM integration_settings WHERE workspace_id = $1 AND connection_id ",
        "$2",
        " ORDER BY connection_id"
    );
    tx.all(text, binds![workspace, comma_list(connections)], |row| {
        Ok((row.id("connection_id")?, row.json("settings")?))
    })
    .await
}

/// Puts `settings` in the place of whatever was there.
pub async fn set(
    tx: &mut WorkspaceTx,
    connection: ConnectionId,
    settings: &Settings,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO integration_settings (connection_id, workspace_id, settings, updated_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (connection_id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at
             WHERE integration_settings.workspace_id = excluded.workspace_id"
        ),
        binds![
            connection,
            workspace,
            &Json::Object(settings.clone()),
            now
        ],
    )
    .await?;
    Ok(())
}
