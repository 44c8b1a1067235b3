//! A creating request that is sent twice under one key is done once; the second is given the first one's answer.

use fanfare_domain::ErrorCode;
use fanfare_store::WorkspaceTx;
use fanfare_store::idempotency::{self, KeptAnswer};
use jiff::SignedDuration;

use crate::{App, AppError, Caller, RefusalKind, Result};

/// Keys and answers are kept this long.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
/// No request is worked on for longer than this. One that has no answer by then was cut off, and if it had made anything, that
/// would be noted.
const CUT_OFF_AFTER: SignedDuration = SignedDuration::from_secs(90);

/// A request that carries a key.
#[derive(Debug, Clone)]
pub struct KeyedRequest {
    pub key: String,
    /// Method and path.
    pub route: String,
    /// Of everything that makes it this request.
    pub hash: String,
}

/// What to do with a request that carries a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Do it, then [`keep`] the answer or [`give_back`] the key.
    Yours,
    /// It was done, and cut off before its answer was kept: answer with what was made.
    Made { kind: String, id: String },
    /// It was done; this was the answer.
    Done { status: u16, body: String },
}

/// Takes the key for the request, or finds what was answered under it.
///
/// # Errors
/// `idempotency_key_in_use` while the first request is being answered, `idempotency_key_reused` when it was another one.
pub async fn begin(app: &App, caller: &Caller, request: &KeyedRequest) -> Result<Turn> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    idempotency::release_if_older(&mut tx, &request.key, now - KEPT_FOR).await?;
    if idempotency::reserve(&mut tx, &request.key, &request.route, &request.hash, now).await? {
        tx.commit().await?;
        return Ok(Turn::Yours);
    }
    let Some(kept) = idempotency::find(&mut tx, &request.key).await? else {
        return Err(in_use());
    };
    refuse_another(&kept, request)?;
    if let Some((status, body)) = kept.answer {
        return Ok(Turn::Done { status, body });
    }
    if let Some((kind, id)) = kept.made {
        return Ok(Turn::Made { kind, id });
    }
    if kept.taken_at + CUT_OFF_AFTER > now {
        return Err(in_use());
    }
    idempotency::release(&mut tx, &request.key).await?;
    idempotency::reserve(&mut tx, &request.key, &request.route, &request.hash, now).await?;
    tx.commit().await?;
    Ok(Turn::Yours)
}

/// Notes what a request with a key made, in the transaction that makes it.
pub(crate) async fn note_made(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    kind: &str,
    id: &str,
) -> Result<()> {
    match &caller.request_key {
        Some(key) => Ok(idempotency::note_made(tx, key, kind, id).await?),
        None => Ok(()),
    }
}

fn refuse_another(kept: &KeptAnswer, request: &KeyedRequest) -> Result<()> {
    if kept.route != request.route || kept.request_hash != request.hash {
        return Err(AppError::refused(
            RefusalKind::Invalid,
            ErrorCode::IdempotencyKeyReused,
            "This Idempotency-Key was used for a different request. Use a new key for each new request.",
        ));
    }
    Ok(())
}

fn in_use() -> AppError {
    AppError::conflict(
        ErrorCode::IdempotencyKeyInUse,
        "The first request with this Idempotency-Key is still being worked on. Send it again in a moment.",
    )
}

/// Keeps the answer, to be given to whoever repeats the request.
pub async fn keep(app: &App, caller: &Caller, key: &str, status: u16, body: &str) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    idempotency::keep(&mut tx, key, status, body).await?;
    Ok(tx.commit().await?)
}

/// Frees the key of a request that made nothing, so that it can be mended and sent again.
pub async fn give_back(app: &App, caller: &Caller, key: &str) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    idempotency::release(&mut tx, key).await?;
    Ok(tx.commit().await?)
}
