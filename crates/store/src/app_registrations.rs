//! Our application as registered with servers that each want to know it (Mastodon). Shared by all workspaces, sealed.

use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

/// Which application at which server; a registration holds for one redirect address only.
#[derive(Debug, Clone, Copy)]
pub struct RegistrationKey<'a> {
    pub platform: &'a str,
    pub server: &'a str,
    pub redirect_uri: &'a str,
}

/// The sealed registration, if there is one.
pub async fn get(tx: &mut SystemTx, key: RegistrationKey<'_>) -> Result<Option<Vec<u8>>> {
    tx.optional(
        sql!(
            "SELECT registration FROM app_registrations
             WHERE platform = $1 AND server = $2 AND redirect_uri = $3"
        ),
        binds![key.platform, key.server, key.redirect_uri],
        |row| row.bytes("registration"),
    )
    .await
}

/// Keeps a sealed registration in the place of an earlier one.
pub async fn put(
    tx: &mut SystemTx,
    key: RegistrationKey<'_>,
    sealed: Vec<u8>,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO app_registrations (platform, server, redirect_uri, registration, created_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (platform, server, redirect_uri) DO UPDATE
             SET registration = excluded.registration, created_at = excluded.created_at"
        ),
        binds![key.platform, key.server, key.redirect_uri, sealed, now],
    )
    .await?;
    Ok(())
}
