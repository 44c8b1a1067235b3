//! One renewal of a grant, by whoever holds the lease.
//!
//! The attempt is on record before the platform is asked, and the answer is written before anything else. It runs as a task of its own:
//! whoever waits for it may go away, but where tokens rotate, an answer that nobody writes down is a grant lost.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use fanfare_domain::{Clock, ConnectionStatus, ErrorCode, JobId, WorkspaceId};
use fanfare_platform_kit::roles::Grant;
use fanfare_platform_kit::{Advice, Credentials, Platform, PlatformContext, PlatformError};
use fanfare_store::connections::{self, Attempt, Connection, Refreshed};
use fanfare_store::{Store, StoreError};
use jiff::SignedDuration;

use super::failure::{consequence, last_error, record_change};
use super::keep::{Listing, connection_owner};
use super::refresh::GrantError;
use crate::{App, AppError, Vault};

/// Longer than all calls of a renewal together; then the lease of a process that died is free for others.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// How often the answer is tried to be written, and how long after the first failure; longer after each.
const WRITES: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Everything a renewal needs, so that it can outlive who asked for it.
pub(super) struct Renewal {
    store: Store,
    vault: Vault,
    clock: Arc<dyn Clock>,
    platform: Arc<dyn Platform>,
    ctx: PlatformContext,
    workspace: WorkspaceId,
    /// As it was when the lease was taken.
    connection: Connection,
    sealed: Vec<u8>,
    /// The attempt's id in the log, and the lease's name.
    id: String,
}

impl Renewal {
    /// Takes the lease and writes down that an attempt begins. Absent when somebody else has it, or had it since `connection`
    /// was read.
    pub(super) async fn lease(
        app: &App,
        workspace: WorkspaceId,
        connection: &Connection,
    ) -> Result<Option<Self>, GrantError> {
        let platform = Arc::clone(app.platform(&connection.platform)?);
        let ctx = app.platform_context(platform.manifest().id);
        let now = app.now();
        let id = JobId::new(now).to_string();
        let attempt = Attempt {
            id: &id,
            connection: connection.id,
        };
        let mut tx = app.store.in_workspace(workspace).write().await?;
        let until = now + LEASE;
        let generation = connection.generation;
        let sealed =
            connections::lease_for_refresh(&mut tx, connection.id, generation, &id, now, until)
                .await?;
        if sealed.is_some() {
            connections::log_attempt(&mut tx, attempt, now).await?;
        }
        // Without the lease too: the other's may share our commit, and whoever waits for it must be able to see it.
        tx.commit().await?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        Ok(Some(Self {
            store: app.store.clone(),
            vault: app.vault.clone(),
            clock: Arc::clone(&app.clock),
            platform,
            ctx,
            workspace,
            connection: connection.clone(),
            sealed,
            id,
        }))
    }

    /// Renews, whether or not the caller stays to hear of it.
    pub(super) async fn carry_out(self) -> Result<(), GrantError> {
        let task = tokio::spawn(self.run());
        task.await
            .context("a renewal stopped half-way")
            .map_err(AppError::from)?
    }

    async fn run(self) -> Result<(), GrantError> {
        match self.ask().await {
            Ok(grant) => self.keep(&grant).await,
            Err(error) => {
                self.note_failure(&error).await?;
                Err(error.into())
            }
        }
    }

    async fn ask(&self) -> Result<Grant, PlatformError> {
        let manifest = self.platform.manifest();
        let owner = connection_owner(self.connection.id);
        let credentials = open(&self.vault, &owner, &self.sealed, manifest.name)?;
        let connect = self.platform.connect().ok_or_else(|| {
            PlatformError::reconnect(manifest.name, "the platform can no longer be connected")
        })?;
        let grant = connect.refresh(&self.ctx, &credentials).await?;
        if is_blank(&grant.credentials) {
            return Err(PlatformError::not_understood(
                manifest.name,
                "renewed credentials are empty",
            ));
        }
        Ok(grant)
    }

    async fn keep(&self, grant: &Grant) -> Result<(), GrantError> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..WRITES {
            match self.write(grant).await {
                Ok(()) => return Ok(()),
                Err(error) => {
                    tracing::warn!(connection = %self.connection.id, %error, "renewed tokens not written yet");
                }
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        Ok(self.write(grant).await?)
    }

    async fn write(&self, grant: &Grant) -> Result<(), StoreError> {
        let (now, id) = (self.clock.now(), self.connection.id);
        let refreshed = Refreshed {
            sealed: self
                .vault
                .seal_text(&connection_owner(id), grant.credentials.json()),
            name: &grant.name,
            avatar_url: grant.avatar_url.as_deref(),
            scopes: &grant.scopes,
            expires_at: grant.expires_at,
            refreshable: grant.refreshable,
        };
        let mut tx = self.store.in_workspace(self.workspace).write().await?;
        let generation = self.connection.generation;
        let kept =
            connections::keep_refreshed(&mut tx, id, generation, &self.id, &refreshed, now).await?;
        if kept && !grant.channels.is_empty() {
            let manifest = self.platform.manifest();
            let listing = Listing {
                vault: &self.vault,
                manifest,
                connection: id,
                consented: false,
            };
            listing.keep(&mut tx, &grant.channels, now).await?;
        }
        let outcome = if kept { "refreshed" } else { "superseded" };
        connections::log_outcome(&mut tx, self.attempt(), outcome, "", now).await?;
        tx.commit().await
    }

    async fn note_failure(&self, error: &PlatformError) -> Result<(), StoreError> {
        let (now, id) = (self.clock.now(), self.connection.id);
        let status = self.status_after(error);
        tracing::warn!(connection = %id, code = %error.code, log = error.log, "a grant was not renewed");
        let mut tx = self.store.in_workspace(self.workspace).write().await?;
        let noted = connections::refresh_failed(
            &mut tx,
            id,
            self.connection.generation,
            &self.id,
            status,
            &last_error(error),
            now,
        )
        .await?;
        if noted && let Some(status) = status {
            record_change(&mut tx, &self.connection, status, error.code, now).await?;
        }
        let outcome = if error.advice == Advice::Reconnect {
            "reconnect"
        } else {
            "failed"
        };
        connections::log_outcome(&mut tx, self.attempt(), outcome, &error.log, now).await?;
        tx.commit().await
    }

    fn status_after(&self, error: &PlatformError) -> Option<ConnectionStatus> {
        match error.advice {
            // While publishing, this is about the post; here there is none.
            Advice::Permanent => Some(ConnectionStatus::Error),
            _ => consequence(&self.connection, error, self.clock.now()),
        }
    }

    fn attempt(&self) -> Attempt<'_> {
        Attempt {
            id: &self.id,
            connection: self.connection.id,
        }
    }
}

/// Opens sealed credentials.
///
/// # Errors
/// In words, when this installation's keys do not open them. Nothing is changed by that: with the right keys they are good again.
pub(super) fn open(
    vault: &Vault,
    owner: &str,
    sealed: &[u8],
    name: &str,
) -> Result<Credentials, PlatformError> {
    let opened = vault.open_text(owner, sealed).map_err(|error| {
        tracing::error!(owner, %error, "stored credentials do not open");
        PlatformError::new(
            Advice::Permanent,
            ErrorCode::CredentialsUnreadable,
            format!("What is stored for this {name} account cannot be read with this installation's keys. Reconnect it, or have whoever runs Fanfare restore FANFARE_SECRET_KEYS."),
            error.to_string(),
        )
    })?;
    Ok(Credentials::from_json(opened))
}

fn is_blank(credentials: &Credentials) -> bool {
    matches!(
        credentials.json().expose().trim(),
        "" | "null" | "{}" | "\"\""
    )
}

#[cfg(test)]
mod tests {
    use fanfare_domain::Secret;

    use super::*;
    use crate::KeyRing;

    #[test]
    fn empty_credentials_are_told_from_real_ones() {
        for (json, blank) in [
            ("", true),
            ("null", true),
            (" {} ", true),
            (r#"{"token":"a"}"#, false),
        ] {
            let credentials = Credentials::from_json(Secret::new(json));
            assert_eq!(is_blank(&credentials), blank, "{json}");
        }
    }

    #[test]
    fn the_wrong_key_ring_is_told_in_words_without_the_token() {
        let sealed =
            Vault::new(KeyRing::generate()).seal_text("connection/a", &Secret::new("very-secret"));
        let other = Vault::new(KeyRing::generate());
        let error = open(&other, "connection/a", &sealed, "Facebook").unwrap_err();
        assert_eq!(error.code, ErrorCode::CredentialsUnreadable);
        assert!(
            error.detail.contains("FANFARE_SECRET_KEYS"),
            "{}",
            error.detail
        );
        assert!(!format!("{error:?}").contains("very-secret"));
    }
}
