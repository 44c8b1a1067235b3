//! The nightly run: throws away what is older than is wanted, a batch at a time, so that nobody waits for it.

use std::collections::BTreeMap;

use anyhow::Context as _;
use fanfare_domain::WorkspaceId;
use fanfare_store::audit::{self, Actor, Chain};
use fanfare_store::mail_messages;
use fanfare_store::retention::{self, Retention};
use futures::FutureExt;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use serde_json::json;

use super::installation;
use crate::audit::event;
use crate::periodic::Work;
use crate::undisturbed::undisturbed;
use crate::{App, Result};

/// Rows that one transaction throws away.
const BATCH: u32 = 500;
const PAGE: u32 = 100;

/// Done once a day.
pub(crate) const RETENTION: Work = Work {
    kind: "retention",
    every: SignedDuration::from_hours(24),
    body: |app| run(app).boxed(),
};

async fn run(app: &App) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let mut tx = app
            .store
            .as_system("who wants old things gone")
            .read()
            .await?;
        let page = retention::all(&mut tx, after, PAGE).await?;
        drop(tx);
        let Some((last, _)) = page.last() else {
            break;
        };
        after = Some(*last);
        for (workspace, wanted) in page {
            // One workspace's trouble is not the next one's.
            if let Err(error) = tidy_workspace(app, workspace, wanted).await {
                tracing::error!(%workspace, %error, "old things stay for another night");
            }
        }
    }
    tidy_installation(app).await
}

async fn tidy_workspace(
    app: &App,
    workspace: WorkspaceId,
    wanted: Retention,
) -> anyhow::Result<()> {
    let mut removed = BTreeMap::new();
    let mut note = |name: &str, count: u64| {
        if count > 0 {
            removed.insert(name.to_owned(), count);
        }
    };
    if let Some(days) = wanted.key_log_days {
        let before = days_ago(app.now(), days)?;
        note("key_log", forget_calls(app, workspace, before).await?);
    }
    if let Some(days) = wanted.platform_answers_days {
        let before = days_ago(app.now(), days)?;
        note(
            "platform_answers",
            forget_answers(app, workspace, before).await?,
        );
    }
    if let Some(months) = wanted.audit_months {
        let before = months_ago(app.now(), months)?;
        note(
            "audit",
            prune(app, Chain::Workspace(workspace), before).await?,
        );
    }
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    retention::note_run(&mut tx, &removed, now).await?;
    if !removed.is_empty() {
        let about = ("workspace", workspace);
        let detail = json!({ "removed": removed });
        let ran = event(
            now,
            Actor::fanfare(),
            "workspace.retention_applied",
            about,
            detail,
        );
        audit::record(&mut tx, &ran).await?;
    }
    Ok(tx.commit().await?)
}

async fn tidy_installation(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app
        .store
        .as_system("old things of the installation")
        .write()
        .await?;
    let wanted = installation::read(&mut tx).await?;
    let mails = match wanted.mail_log_days {
        Some(days) => mail_messages::delete_older(&mut tx, days_ago(now, days)?).await?,
        None => 0,
    };
    tx.commit().await?;
    let events = match wanted.audit_months {
        Some(months) => prune(app, Chain::Installation, months_ago(now, months)?).await?,
        None => 0,
    };
    if mails + events > 0 {
        let detail = json!({ "removed": { "mail_log": mails, "audit": events } });
        let about = ("installation", "retention");
        let ran = event(
            now,
            Actor::fanfare(),
            "installation.retention_applied",
            about,
            detail,
        );
        let mut tx = app.store.as_system("old things are gone").write().await?;
        audit::record_for_installation(&mut tx, &ran).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn prune(app: &App, chain: Chain, before: Timestamp) -> Result<u64> {
    let mut all = 0;
    loop {
        let gone = undisturbed(|| prune_some(app, chain, before)).await?;
        all += gone;
        // Events from before there was a chain go on their own, and may be fewer than fit.
        if gone == 0 {
            return Ok(all);
        }
    }
}

async fn prune_some(app: &App, chain: Chain, before: Timestamp) -> Result<u64> {
    let mut tx = app
        .store
        .as_system("an audit log's old events go")
        .write()
        .await?;
    let gone = audit::prune_before(&mut tx, chain, before, BATCH).await?;
    tx.commit().await?;
    Ok(gone)
}

async fn forget_calls(app: &App, workspace: WorkspaceId, before: Timestamp) -> Result<u64> {
    let mut all = 0;
    loop {
        let mut tx = app.store.in_workspace(workspace).write().await?;
        let gone = retention::forget_key_calls(&mut tx, before, BATCH).await?;
        tx.commit().await?;
        all += gone;
        if gone < u64::from(BATCH) {
            return Ok(all);
        }
    }
}

async fn forget_answers(app: &App, workspace: WorkspaceId, before: Timestamp) -> Result<u64> {
    let mut all = 0;
    loop {
        let mut tx = app.store.in_workspace(workspace).write().await?;
        let gone = retention::forget_platform_answers(&mut tx, before, BATCH).await?;
        tx.commit().await?;
        all += gone;
        if gone < u64::from(BATCH) {
            return Ok(all);
        }
    }
}

fn days_ago(now: Timestamp, days: i64) -> anyhow::Result<Timestamp> {
    now.checked_sub(SignedDuration::from_hours(24 * days))
        .context("that many days ago")
}

fn months_ago(now: Timestamp, months: i64) -> anyhow::Result<Timestamp> {
    let then = now
        .to_zoned(TimeZone::UTC)
        .checked_sub(Span::new().months(months))
        .context("that many months ago")?;
    Ok(then.timestamp())
}
