//! The connection doctor: looks at everything that must hold before a post can go out, says in words what does not, and
//! names what mends it.

mod channel_findings;
mod findings;
mod hearing_findings;
mod public_address;

use std::sync::Arc;
use std::time::Duration;

use fanfare_domain::{ConnectionCheckId, ConnectionId, WorkspaceId};
use fanfare_store::connections::checks::{self, Check};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::look::load;
use super::read::missing;
use crate::{App, AppError, Caller, Result};

/// All of it together; a request is given up later.
const PATIENCE: Duration = Duration::from_secs(50);
/// What is older belongs to a process that died.
const STALE: SignedDuration = SignedDuration::from_mins(2);
/// How often whoever waits for another's look glances at it.
const GLANCE: Duration = Duration::from_millis(100);
/// So many looks are kept for each connection.
const KEPT: u32 = 50;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `credentials`, `access`, `permissions`, `channel`, `hearing`, `expiry`, `rate_limit` or `public_address`.
    pub code: String,
    pub title: String,
    pub state: Health,
    /// In words: what was found, what it means, what to do.
    pub detail: String,
    pub repair: Option<Repair>,
    /// The channel it is about.
    pub channel_id: Option<String>,
}

/// Sorted from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    Ok,
    Warning,
    Failed,
}

/// What mends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// Renew the access.
    Refresh,
    /// Consent once more.
    Reconnect,
    /// Switch the channel on, or resume it.
    EnableChannel,
    /// Have the platform tell what is wanted of the channel.
    Subscribe,
    /// Read what was missed on the channel.
    CatchUp,
    /// Something outside; the guide says what.
    Documentation,
}

/// A look at a connection, as people see it.
#[derive(Debug, Clone)]
pub struct CheckView {
    pub check: Check,
    pub findings: Vec<Finding>,
}

impl Health {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }
}

impl Repair {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refresh => "refresh",
            Self::Reconnect => "reconnect",
            Self::EnableChannel => "enable_channel",
            Self::Subscribe => "subscribe",
            Self::CatchUp => "catch_up",
            Self::Documentation => "documentation",
        }
    }
}

impl From<Check> for CheckView {
    fn from(check: Check) -> Self {
        // Of a later version's findings, those that are understood.
        let known = check.findings.as_array().into_iter().flatten();
        let findings = known
            .filter_map(|one| serde_json::from_value(one.clone()).ok())
            .collect();
        Self { check, findings }
    }
}

/// Looks at a connection now, or waits for the look that is under way. What it finds is kept as it goes.
///
/// # Errors
/// `not_found`; `not_possible_in_state` when the account is disconnected. What is wrong with the connection is no error.
pub async fn check_connection(
    app: &Arc<App>,
    caller: &Caller,
    id: ConnectionId,
) -> Result<CheckView> {
    load(app, caller.workspace, id).await?;
    let now = app.now();
    let check = ConnectionCheckId::new(now);
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let begun = checks::begin(&mut tx, check, id, now - STALE, now).await?;
    tx.commit().await?;
    if !begun {
        return await_other(app, caller.workspace, id).await;
    }
    // A task of its own: whoever asked may go away, but a look that was begun is ended.
    let (task_app, workspace) = (Arc::clone(app), caller.workspace);
    let task = tokio::spawn(async move { carry_out(&task_app, workspace, id, check).await });
    task.await
        .map_err(|error| AppError::from(anyhow::anyhow!("a look stopped half-way: {error}")))??;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(checks::get(&mut tx, check).await?.into())
}

/// The looks at a connection, the latest first, from before `before`.
///
/// # Errors
/// `not_found`.
pub async fn list_checks(
    app: &App,
    caller: &Caller,
    id: ConnectionId,
    before: Option<ConnectionCheckId>,
    limit: u32,
) -> Result<Vec<CheckView>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    fanfare_store::connections::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "connection"))?;
    let found = checks::list(&mut tx, id, before, limit).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// What one look has found so far.
pub(super) struct Chart<'a> {
    app: &'a App,
    workspace: WorkspaceId,
    check: ConnectionCheckId,
    findings: Vec<Finding>,
}

impl Chart<'_> {
    async fn note(&mut self, finding: Finding) -> Result<()> {
        self.findings.push(finding);
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        checks::note(&mut tx, self.check, &self.json()).await?;
        Ok(tx.commit().await?)
    }

    fn json(&self) -> Json {
        serde_json::to_value(&self.findings).expect("findings are plain JSON")
    }

    async fn close(&self, connection: ConnectionId) -> Result<()> {
        let worst = self.findings.iter().map(|finding| finding.state).max();
        let state = worst.unwrap_or(Health::Failed).as_str();
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        checks::finish(&mut tx, self.check, state, &self.json(), self.app.now()).await?;
        checks::forget_old(&mut tx, connection, KEPT).await?;
        Ok(tx.commit().await?)
    }
}

async fn carry_out(
    app: &App,
    workspace: WorkspaceId,
    id: ConnectionId,
    check: ConnectionCheckId,
) -> Result<()> {
    let mut chart = Chart {
        app,
        workspace,
        check,
        findings: Vec::new(),
    };
    let looked = tokio::time::timeout(PATIENCE, findings::gather(&mut chart, id)).await;
    let failed = match looked {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error),
        Err(_) => {
            chart.findings.push(findings::took_too_long());
            None
        }
    };
    chart.close(id).await?;
    failed.map_or(Ok(()), Err)
}

async fn await_other(app: &App, workspace: WorkspaceId, id: ConnectionId) -> Result<CheckView> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let latest = checks::list(&mut tx, id, None, 1).await?.into_iter().next();
        drop(tx);
        match latest {
            Some(check)
                if check.finished_at.is_some() || tokio::time::Instant::now() > deadline =>
            {
                return Ok(check.into());
            }
            Some(_) => tokio::time::sleep(GLANCE).await,
            None => return Err(AppError::not_found("connection")),
        }
    }
}
