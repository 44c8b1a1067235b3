//! Facts about the installation itself, such as the sealed value that proves the key ring.

use crate::{Result, SystemTx, binds, sql};

/// Writes a fact unless it is there already; answers whether it was written.
///
/// Of two that write the same fact at once, one is told so: the other waits for it on PostgreSQL.
pub async fn put_if_absent(tx: &mut SystemTx, name: &str, value: &[u8]) -> Result<bool> {
    let written = tx
        .execute(
            sql!(
                "INSERT INTO installation_facts (name, value) VALUES ($1, $2)
                 ON CONFLICT (name) DO NOTHING"
            ),
            binds![name, value.to_vec()],
        )
        .await?;
    Ok(written == 1)
}

/// Writes a fact, whatever it said before.
pub async fn put(tx: &mut SystemTx, name: &str, value: &[u8]) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO installation_facts (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ),
        binds![name, value.to_vec()],
    )
    .await?;
    Ok(())
}

/// Takes a fact back, if it is there.
pub async fn remove(tx: &mut SystemTx, name: &str) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM installation_facts WHERE name = $1"),
        binds![name],
    )
    .await?;
    Ok(())
}

pub async fn get(tx: &mut SystemTx, name: &str) -> Result<Option<Vec<u8>>> {
    tx.optional(
        sql!("SELECT value FROM installation_facts WHERE name = $1"),
        binds![name],
        |row| row.bytes("value"),
    )
    .await
}
