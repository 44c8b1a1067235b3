//! Answers kept for requests that carried an `Idempotency-Key`.

use fanfare_domain::{ApiKeyId, UserId, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, SystemTx, Tx, binds, sql};

/// Whose a key is: keys of two owners never meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOwner {
    /// For requests that act in a workspace: what one of its people sent is not the answer to what another sends.
    InWorkspace(WorkspaceId, Sender),
    /// For requests of a person that act in none.
    Person(UserId),
    /// For requests of somebody unknown: whoever sends the very same one, which holds a secret of theirs. A keyed hash of it.
    Stranger([u8; 32]),
}

/// Who sends requests that act in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// At a browser or device.
    Person(UserId),
    ApiKey(ApiKeyId),
}

/// What is known about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Method and path of the first request.
    pub route: String,
    pub request_hash: String,
    /// Status and body; absent while the first request is still being answered.
    pub answer: Option<(u16, String)>,
    /// Kind and id of what the request made, once that is certain.
    pub made: Option<(String, String)>,
    pub taken_at: Timestamp,
}

impl KeyOwner {
    fn id(self) -> String {
        match self {
            Self::InWorkspace(workspace, Sender::Person(id)) => format!("{workspace}/{id}"),
            Self::InWorkspace(workspace, Sender::ApiKey(id)) => format!("{workspace}/{id}"),
            Self::Person(id) => id.to_string(),
            Self::Stranger(hash) => hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    fn workspace(self) -> Option<WorkspaceId> {
        match self {
            Self::InWorkspace(id, _) => Some(id),
            Self::Person(_) | Self::Stranger(_) => None,
        }
    }

    fn person(self) -> Option<UserId> {
        match self {
            Self::InWorkspace(..) | Self::Stranger(_) => None,
            Self::Person(id) => Some(id),
        }
    }
}

/// Takes the key for a request. False when somebody has it already.
pub async fn reserve(
    tx: &mut Tx,
    owner: KeyOwner,
    key: &str,
    route: &str,
    request_hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let inserted = tx
        .execute(
            sql!(
                "INSERT INTO idempotency_keys (owner_id, key, route, request_hash, created_at, workspace_id, user_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (owner_id, key) DO NOTHING"
            ),
            binds![
                owner.id(),
                key,
                route,
                request_hash,
                now,
                owner.workspace(),
                owner.person(),
            ],
        )
        .await?;
    Ok(inserted == 1)
}

pub async fn find(tx: &mut Tx, owner: KeyOwner, key: &str) -> Result<Option<KeptAnswer>> {
    tx.optional(
        sql!(
            "SELECT route, request_hash, status, response, made_kind, made_id, created_at FROM idempotency_keys
             WHERE owner_id = $1 AND key = $2"
        ),
        binds![owner.id(), key],
        |row| {
            let status = row
                .optional_int("status")?
                .and_then(|status| u16::try_from(status).ok());
            Ok(KeptAnswer {
                route: row.text("route")?,
                request_hash: row.text("request_hash")?,
                answer: status.zip(row.optional_text("response")?),
                made: row.optional_text("made_kind")?.zip(row.optional_text("made_id")?),
                taken_at: row.instant("created_at")?,
            })
        },
    )
    .await
}

/// Keeps the answer to the request that took the key at `taken_at`, unless another has it by now.
pub async fn keep(
    tx: &mut Tx,
    owner: KeyOwner,
    key: &str,
    taken_at: Timestamp,
    status: u16,
    response: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE idempotency_keys SET status = $4, response = $5
             WHERE owner_id = $1 AND key = $2 AND created_at = $3"
        ),
        binds![owner.id(), key, taken_at, status, response],
    )
    .await?;
    Ok(())
}

/// Notes what the request that took the key at `taken_at` made, in the transaction that makes it. False when another has the key by now.
pub async fn note_made(
    tx: &mut Tx,
    owner: KeyOwner,
    key: &str,
    taken_at: Timestamp,
    kind: &str,
    id: &str,
) -> Result<bool> {
    let noted = tx
        .execute(
            sql!(
                "UPDATE idempotency_keys SET made_kind = $4, made_id = $5
                 WHERE owner_id = $1 AND key = $2 AND created_at = $3"
            ),
            binds![owner.id(), key, taken_at, kind, id],
        )
        .await?;
    Ok(noted == 1)
}

/// Gives back the key that was taken at `taken_at`, so that the request may be sent again, unless it is known by now what came of it.
pub async fn release(tx: &mut Tx, owner: KeyOwner, key: &str, taken_at: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "DELETE FROM idempotency_keys
             WHERE owner_id = $1 AND key = $2 AND created_at = $3 AND made_kind IS NULL AND status IS NULL"
        ),
        binds![owner.id(), key, taken_at],
    )
    .await?;
    Ok(())
}

/// Forgets one key if it was taken before `age`.
pub async fn release_if_older(
    tx: &mut Tx,
    owner: KeyOwner,
    key: &str,
    age: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "DELETE FROM idempotency_keys
             WHERE owner_id = $1 AND key = $2 AND created_at < $3"
        ),
        binds![owner.id(), key, age],
    )
    .await?;
    Ok(())
}

/// Forgets all keys taken before `age`; answers how many.
pub async fn delete_older(tx: &mut SystemTx, age: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM idempotency_keys WHERE created_at < $1"),
        binds![age],
    )
    .await
}
