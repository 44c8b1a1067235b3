//! A creating request that is sent twice under one key is done once; the second is given the first one's answer.

use fanfare_domain::ErrorCode;
use fanfare_store::idempotency::{self, KeptAnswer, Sender};
use fanfare_store::{SystemTx, Tx, WorkspaceTx};
use jiff::{SignedDuration, Timestamp};

use crate::{App, AppError, Caller, Person, RefusalKind, Result, Via};

pub use fanfare_store::idempotency::KeyOwner;

/// Keys and answers are kept this long.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
/// A request that has no answer by then was most likely cut off, and if it had made anything, that would be noted. A slow one, such as a large
/// file, may still be under way: whoever repeats it gets the key, and the slow one, which has lost it, makes nothing.
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

/// A key that a request has taken. Another request may have taken it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenKey {
    key: String,
    taken_at: Timestamp,
}

/// The key that a stranger's request has taken, and whose it is.
#[derive(Debug, Clone)]
pub struct StrangersKey {
    pub owner: KeyOwner,
    pub taken: TakenKey,
}

/// What to do with a request that carries a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Do it, then [`keep`] the answer or [`give_back`] the key.
    Yours(TakenKey),
    /// It was done, and cut off before its answer was kept: answer with what was made.
    Made { kind: String, id: String },
    /// It was done; this was the answer.
    Done { status: u16, body: String },
}

/// Takes the key for the request, or finds what was answered under it.
///
/// # Errors
/// `idempotency_key_in_use` while the first request is being answered, `idempotency_key_reused` when it was another one.
pub async fn begin(app: &App, owner: KeyOwner, request: &KeyedRequest) -> Result<Turn> {
    let now = app.now();
    let mut tx = write(app, owner).await?;
    let key = &request.key;
    idempotency::release_if_older(&mut tx, owner, key, now - KEPT_FOR).await?;
    if idempotency::reserve(&mut tx, owner, key, &request.route, &request.hash, now).await? {
        tx.commit().await?;
        return Ok(yours(request, now));
    }
    let Some(kept) = idempotency::find(&mut tx, owner, key).await? else {
        return Err(in_use());
    };
    refuse_another(&kept, request)?;
    if let Some((status, body)) = kept.answer {
        tx.commit().await?;
        return Ok(Turn::Done { status, body });
    }
    if let Some((kind, id)) = kept.made {
        // On SQLite we may have joined the very transaction that makes it: nothing of it is to be seen or relied on before it is kept.
        tx.commit().await?;
        return Ok(Turn::Made { kind, id });
    }
    if kept.taken_at + CUT_OFF_AFTER > now {
        return Err(in_use());
    }
    idempotency::release(&mut tx, owner, key, kept.taken_at).await?;
    // Of two repeats at once, one takes it over; and none does if the first request got done just now.
    if !idempotency::reserve(&mut tx, owner, key, &request.route, &request.hash, now).await? {
        return Err(in_use());
    }
    tx.commit().await?;
    Ok(yours(request, now))
}

fn yours(request: &KeyedRequest, taken_at: Timestamp) -> Turn {
    Turn::Yours(TakenKey {
        key: request.key.clone(),
        taken_at,
    })
}

/// Notes what a request with a key made, in the transaction that makes it.
///
/// # Errors
/// `idempotency_key_in_use` when a repeat has taken the key over: then nothing may be made here.
pub(crate) async fn note_made(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    kind: &str,
    id: &str,
) -> Result<()> {
    note(
        tx,
        caller.key_owner(),
        caller.request_key.as_ref(),
        kind,
        id,
    )
    .await
}

/// The same for what a person makes in no workspace.
///
/// # Errors
/// As [`note_made`].
pub(crate) async fn note_made_by_person(
    tx: &mut SystemTx,
    person: &Person,
    kind: &str,
    id: &str,
) -> Result<()> {
    note(
        tx,
        person.key_owner(),
        person.request_key.as_ref(),
        kind,
        id,
    )
    .await
}

/// The same for what a stranger makes.
///
/// # Errors
/// As [`note_made`].
pub(crate) async fn note_made_by_stranger(
    tx: &mut SystemTx,
    key: Option<&StrangersKey>,
    kind: &str,
    id: &str,
) -> Result<()> {
    let Some(StrangersKey { owner, taken }) = key else {
        return Ok(());
    };
    note(tx, *owner, Some(taken), kind, id).await
}

async fn note(
    tx: &mut Tx,
    owner: KeyOwner,
    taken: Option<&TakenKey>,
    kind: &str,
    id: &str,
) -> Result<()> {
    let Some(TakenKey { key, taken_at }) = taken else {
        return Ok(());
    };
    if idempotency::note_made(tx, owner, key, *taken_at, kind, id).await? {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::IdempotencyKeyInUse,
        "This took so long that a repeat of it was begun, which goes on instead. Send it again in a moment to see what it made.",
    ))
}

impl Caller {
    /// Whose the key of their request is.
    #[must_use]
    pub fn key_owner(&self) -> KeyOwner {
        let sender = match &self.via {
            Via::Session(_) => Sender::Person(self.user),
            Via::Key(key) => Sender::ApiKey(key.id),
        };
        KeyOwner::InWorkspace(self.workspace, sender)
    }
}

impl Person {
    /// Whose the key of their request is.
    #[must_use]
    pub fn key_owner(&self) -> KeyOwner {
        KeyOwner::Person(self.user.id)
    }
}

async fn write(app: &App, owner: KeyOwner) -> Result<Tx> {
    Ok(match owner {
        KeyOwner::InWorkspace(id, _) => app.store.in_workspace(id).write().await?.into_tx(),
        KeyOwner::Person(_) | KeyOwner::Stranger(_) => {
            let system = app
                .store
                .as_system("the key of a request outside workspaces");
            system.write().await?.into_tx()
        }
    })
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
pub async fn keep(
    app: &App,
    owner: KeyOwner,
    taken: &TakenKey,
    status: u16,
    body: &str,
) -> Result<()> {
    let mut tx = write(app, owner).await?;
    idempotency::keep(&mut tx, owner, &taken.key, taken.taken_at, status, body).await?;
    Ok(tx.commit().await?)
}

/// Frees the key of a request that made nothing, so that it can be sent again. What noted that it made something keeps its key.
pub async fn give_back(app: &App, owner: KeyOwner, taken: &TakenKey) -> Result<()> {
    let mut tx = write(app, owner).await?;
    idempotency::release(&mut tx, owner, &taken.key, taken.taken_at).await?;
    Ok(tx.commit().await?)
}
