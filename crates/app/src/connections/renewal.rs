//! One renewal of a grant, by whoever holds the lease.
//!
//! Each try is on record before the platform is asked, and its answer is written before anything else. It runs as a task of its own:
//! whoever waits for it may go away, but where tokens rotate, an answer that nobody writes down is a grant lost.
//!
//! When the answer itself is lost, the platform may have given new tokens that nobody has. Platforms that rotate tokens take the old
//! one again for a while as long as its successor was not used, and take the whole grant away when it comes later. So it is asked
//! again at once, and whoever finds a renewal that died with its process makes haste too.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use fanfare_domain::{Clock, ConnectionStatus, ErrorCode, JobId, WorkspaceId};
use fanfare_platform_kit::roles::Grant;
use fanfare_platform_kit::{Advice, Credentials, Platform, PlatformContext, PlatformError};
use fanfare_store::audit::{self, Actor};
use fanfare_store::connections::{self, Connection, Failed, Lease, Refreshed};
use fanfare_store::{Store, StoreError, WorkspaceTx};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::alert;
use super::failure::{consequence, last_error, record_change};
use super::keep::{Listing, connection_owner};
use super::refresh::GrantError;
use crate::audit::event;
use crate::news::{ConnectionNews, News, tell};
use crate::{App, AppError, Vault};

/// How long the platform is waited for, all calls of one try together.
const CALLS: Duration = Duration::from_secs(90);
/// Longer than one try and the writing of its answer; then the lease of a process that died is free for others.
const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// How long after each lost answer it is asked again; then it is given up for now.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_millis(2500)];
/// How often the answer is tried to be written, and how long after the first failure; longer after each.
const WRITES: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// How long after the first, second … failure in a row it is tried again by itself.
const AGAIN_AFTER_MINUTES: [i64; 5] = [1, 5, 15, 60, 180];
/// Failures in a row that are worth telling.
const ALARMING: i64 = 3;

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
    lease: Lease,
    /// The present try's id in the log.
    attempt: String,
}

/// How a try ended that brought no grant.
enum Failure {
    /// The platform's word.
    Refused(PlatformError),
    /// It may have worked; with the log's words.
    Lost(String),
}

impl Renewal {
    /// Takes the lease and writes down that a try begins. Absent when somebody else has it, or had it since `connection` was read.
    pub(super) async fn lease(
        app: &App,
        workspace: WorkspaceId,
        connection: &Connection,
    ) -> Result<Option<Self>, GrantError> {
        let platform = Arc::clone(app.platform(&connection.platform)?);
        let ctx = app.platform_context(platform.manifest().id);
        let (now, id, generation) = (app.now(), connection.id, connection.generation);
        let attempt = JobId::new(now).to_string();
        let mut tx = app.store.in_workspace(workspace).write().await?;
        let leased =
            connections::lease_for_refresh(&mut tx, id, generation, &attempt, now, now + LEASE)
                .await?;
        if leased.is_some() {
            let words = "whoever asked stopped before the answer was written";
            connections::close_abandoned(&mut tx, id, words, now).await?;
            connections::log_attempt(&mut tx, &attempt, id, now).await?;
        }
        // Without the lease too: the other's may share our commit, and whoever waits for it must be able to see it.
        tx.commit().await?;
        let Some((lease, sealed)) = leased else {
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
            lease,
            attempt,
        }))
    }

    /// Renews, whether or not the caller stays to hear of it.
    pub(super) async fn carry_out(self) -> Result<(), GrantError> {
        let task = tokio::spawn(self.run());
        task.await
            .context("a renewal stopped half-way")
            .map_err(AppError::from)?
    }

    async fn run(mut self) -> Result<(), GrantError> {
        let mut pauses = PAUSES.into_iter();
        loop {
            match self.ask().await {
                Ok(grant) => return self.keep(&grant).await,
                Err(Failure::Refused(error)) => {
                    self.note_failure(&error, outcome_of(&error)).await?;
                    return Err(error.into());
                }
                Err(Failure::Lost(log)) => {
                    let Some(pause) = pauses.next() else {
                        let error = self.no_answer(log);
                        self.note_failure(&error, "lost").await?;
                        return Err(error.into());
                    };
                    tokio::time::sleep(pause).await;
                    if !self.try_again(&log).await? {
                        return Err(self.overtaken().into());
                    }
                }
            }
        }
    }

    async fn ask(&self) -> Result<Grant, Failure> {
        let manifest = self.platform.manifest();
        let owner = connection_owner(self.connection.id);
        let credentials =
            open(&self.vault, &owner, &self.sealed, manifest.name).map_err(Failure::Refused)?;
        let connect = self.platform.connect().ok_or_else(|| {
            let log = "the platform can no longer be connected";
            Failure::Refused(PlatformError::reconnect(manifest.name, log))
        })?;
        let asked = tokio::time::timeout(CALLS, connect.refresh(&self.ctx, &credentials)).await;
        let grant = match asked {
            Err(_) => return Err(Failure::Lost(format!("no answer within {CALLS:?}"))),
            Ok(Err(error)) if error.advice == Advice::OutcomeUnknown => {
                return Err(Failure::Lost(error.log));
            }
            Ok(answered) => answered.map_err(Failure::Refused)?,
        };
        if is_blank(&grant.credentials) {
            let log = "renewed credentials are empty";
            return Err(Failure::Refused(PlatformError::not_understood(
                manifest.name,
                log,
            )));
        }
        Ok(grant)
    }

    /// Writes down that the answer was lost and that the next try begins. False when the lease has passed on, or the grant has
    /// changed: then it is no longer for us to ask.
    async fn try_again(&mut self, log: &str) -> Result<bool, StoreError> {
        let (now, id) = (self.clock.now(), self.connection.id);
        tracing::warn!(connection = %id, log, "the answer to a renewal was lost");
        let mut tx = self.store.in_workspace(self.workspace).write().await?;
        connections::log_outcome(&mut tx, &self.attempt, "lost", log, now).await?;
        let held = connections::hold_lease(&mut tx, self.lease, now + LEASE).await?;
        if held {
            self.attempt = JobId::new(now).to_string();
            connections::log_attempt(&mut tx, &self.attempt, id, now).await?;
        }
        tx.commit().await?;
        Ok(held)
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
            person_id: grant.person_id.as_deref(),
            scopes: &grant.scopes,
            expires_at: grant.expires_at,
            refreshable: grant.refreshable,
        };
        let mut tx = self.store.in_workspace(self.workspace).write().await?;
        let kept = connections::keep_refreshed(&mut tx, self.lease, &refreshed, now).await?;
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
        if kept && self.was_alarming() {
            self.record(&mut tx, "connection.restored", json!({}), now)
                .await?;
            tell(&mut tx, News::Connection(id, ConnectionNews::Restored), now).await?;
        }
        let outcome = if kept { "refreshed" } else { "superseded" };
        connections::log_outcome(&mut tx, &self.attempt, outcome, "", now).await?;
        tx.commit().await
    }

    async fn note_failure(&self, error: &PlatformError, outcome: &str) -> Result<(), StoreError> {
        let (now, id) = (self.clock.now(), self.connection.id);
        let status = self.status_after(error);
        tracing::warn!(connection = %id, code = %error.code, log = error.log, "a grant was not renewed");
        let failed = Failed {
            status,
            error: &last_error(error),
            again_at: again_at(self.connection.refresh_failures, error, now),
        };
        let mut tx = self.store.in_workspace(self.workspace).write().await?;
        let failures = connections::refresh_failed(&mut tx, self.lease, &failed, now).await?;
        if failures.is_some()
            && let Some(status) = status
        {
            record_change(&mut tx, &self.connection, status, error.code, now).await?;
        }
        if failures == Some(ALARMING) && status.is_none() {
            let more = json!({
                "code": error.code,
                "failures": ALARMING,
                "expires_at": self.connection.expires_at,
            });
            self.record(&mut tx, "connection.refresh_failing", more, now)
                .await?;
            let news = News::Connection(id, ConnectionNews::NeedsAttention);
            tell(&mut tx, news, now).await?;
            alert::enqueue(&mut tx, self.workspace, id, now).await?;
        }
        connections::log_outcome(&mut tx, &self.attempt, outcome, &error.log, now).await?;
        tx.commit().await
    }

    /// One line of the audit log about the connection.
    async fn record(
        &self,
        tx: &mut WorkspaceTx,
        action: &str,
        mut more: serde_json::Value,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Connection {
            id, platform, name, ..
        } = &self.connection;
        more["platform"] = json!(platform);
        more["name"] = json!(name);
        let event = event(now, Actor::fanfare(), action, ("connection", id), more);
        audit::record(tx, &event).await
    }

    /// The log has told that something is wrong with it.
    fn was_alarming(&self) -> bool {
        self.connection.status != ConnectionStatus::Connected
            || self.connection.refresh_failures >= ALARMING
    }

    fn status_after(&self, error: &PlatformError) -> Option<ConnectionStatus> {
        match error.advice {
            // While publishing, this is about the post; here there is none.
            Advice::Permanent => Some(ConnectionStatus::Error),
            _ => consequence(&self.connection, error, self.clock.now()),
        }
    }

    fn no_answer(&self, log: String) -> PlatformError {
        let name = self.platform.manifest().name;
        let detail = format!(
            "{name} was asked to renew the access to this account, and its answer was lost on the way. It is asked again by itself; \
             if that fails too, reconnect the account."
        );
        PlatformError::new(
            Advice::Retry { after: None },
            ErrorCode::PlatformUnavailable,
            detail,
            log,
        )
    }

    fn overtaken(&self) -> PlatformError {
        let log = "the lease passed on, or the grant changed meanwhile";
        PlatformError::unavailable(self.platform.manifest().name, log)
    }
}

fn outcome_of(error: &PlatformError) -> &'static str {
    if error.advice == Advice::Reconnect {
        "reconnect"
    } else {
        "failed"
    }
}

/// When it is tried again by itself, after so many failures before this one.
fn again_at(failures: i64, error: &PlatformError, now: Timestamp) -> Timestamp {
    let place = usize::try_from(failures)
        .unwrap_or_default()
        .min(AGAIN_AFTER_MINUTES.len() - 1);
    let usual = now + SignedDuration::from_mins(AGAIN_AFTER_MINUTES[place]);
    match &error.advice {
        Advice::RateLimited { until, .. } => usual.max(*until),
        Advice::Retry { after: Some(after) } => {
            let after = SignedDuration::try_from(*after).unwrap_or(SignedDuration::MAX);
            usual.max(now.saturating_add(after).unwrap_or(Timestamp::MAX))
        }
        _ => usual,
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
    fn the_pauses_between_failures_grow() {
        let now = Timestamp::UNIX_EPOCH;
        let minutes =
            |failures, error: &PlatformError| again_at(failures, error, now).as_second() / 60;
        let away = PlatformError::unavailable("Facebook", "503");
        assert_eq!(
            [0, 1, 4, 99].map(|failures| minutes(failures, &away)),
            [1, 5, 180, 180]
        );
        let advice = Advice::Retry {
            after: Some(Duration::from_secs(1200)),
        };
        let told = PlatformError { advice, ..away };
        assert_eq!(minutes(0, &told), 20);
        assert_eq!(minutes(4, &told), 180);
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
