//! The second step of signing in: the shared secret, which code was used last, and the backup codes.

use fanfare_domain::UserId;
use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

/// Keeps a secret to be proved, in the place of one that never was. Does nothing while the second step is on.
pub async fn begin(
    tx: &mut SystemTx,
    user: UserId,
    sealed_secret: Vec<u8>,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO two_factor (user_id, sealed_secret, last_step, created_at) VALUES ($1, $2, 0, $3)
             ON CONFLICT (user_id) DO UPDATE
             SET sealed_secret = excluded.sealed_secret, last_step = 0, created_at = excluded.created_at
             WHERE (SELECT two_factor_at FROM users WHERE id = $1) IS NULL"
        ),
        binds![user, sealed_secret, now],
    )
    .await?;
    Ok(())
}

pub async fn sealed_secret(tx: &mut SystemTx, user: UserId) -> Result<Option<Vec<u8>>> {
    tx.optional(
        sql!("SELECT sealed_secret FROM two_factor WHERE user_id = $1"),
        binds![user],
        |row| row.bytes("sealed_secret"),
    )
    .await
}

/// Uses up the code of a time step, and all before it; answers whether it was still to be used. Of two nodes that take the same code
/// at once, one is told no.
pub async fn use_step(tx: &mut SystemTx, user: UserId, step: i64) -> Result<bool> {
    let changed = tx
        .execute(
            sql!("UPDATE two_factor SET last_step = $2 WHERE user_id = $1 AND last_step < $2"),
            binds![user, step],
        )
        .await?;
    Ok(changed == 1)
}

/// Switches the second step on; answers whether it was off.
pub async fn switch_on(tx: &mut SystemTx, user: UserId, now: Timestamp) -> Result<bool> {
    let changed = tx
        .execute(
            sql!("UPDATE users SET two_factor_at = $2 WHERE id = $1 AND two_factor_at IS NULL"),
            binds![user, now],
        )
        .await?;
    Ok(changed == 1)
}

/// Switches it off and forgets secret and backup codes; answers whether it was on.
pub async fn switch_off(tx: &mut SystemTx, user: UserId) -> Result<bool> {
    let changed = tx
        .execute(
            sql!(
                "UPDATE users SET two_factor_at = NULL WHERE id = $1 AND two_factor_at IS NOT NULL"
            ),
            binds![user],
        )
        .await?;
    tx.execute(
        sql!("DELETE FROM two_factor WHERE user_id = $1"),
        binds![user],
    )
    .await?;
    tx.execute(
        sql!("DELETE FROM backup_codes WHERE user_id = $1"),
        binds![user],
    )
    .await?;
    Ok(changed == 1)
}

/// Puts new backup codes in the place of all old ones.
pub async fn replace_codes(tx: &mut SystemTx, user: UserId, hashes: &[String]) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM backup_codes WHERE user_id = $1"),
        binds![user],
    )
    .await?;
    for hash in hashes {
        tx.execute(
            sql!("INSERT INTO backup_codes (user_id, hash) VALUES ($1, $2)"),
            binds![user, hash],
        )
        .await?;
    }
    Ok(())
}

/// The hashes of the codes that are left.
pub async fn code_hashes(tx: &mut SystemTx, user: UserId) -> Result<Vec<String>> {
    tx.all(
        sql!("SELECT hash FROM backup_codes WHERE user_id = $1"),
        binds![user],
        |row| row.text("hash"),
    )
    .await
}

/// Uses a backup code up; answers whether it was still there.
pub async fn use_code(tx: &mut SystemTx, user: UserId, hash: &str) -> Result<bool> {
    let gone = tx
        .execute(
            sql!("DELETE FROM backup_codes WHERE user_id = $1 AND hash = $2"),
            binds![user, hash],
        )
        .await?;
    Ok(gone == 1)
}
