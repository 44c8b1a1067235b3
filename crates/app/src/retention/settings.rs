//! What a workspace wants.

use fanfare_store::retention::{self, LastRun, Retention};
use serde_json::json;

use super::{DAYS, MONTHS, check};
use crate::workspaces::{Happened, record};
use crate::{App, Caller, Result};

/// What the caller's workspace wants, and when it was last done.
pub async fn retention(app: &App, caller: &Caller) -> Result<(Retention, LastRun)> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(retention::get(&mut tx).await?)
}

/// Has things kept that long from the next night on.
///
/// # Errors
/// `invalid_input`.
pub async fn change_retention(
    app: &App,
    caller: &Caller,
    wanted: Retention,
) -> Result<(Retention, LastRun)> {
    check(&[
        ("audit_months", wanted.audit_months, MONTHS),
        ("key_log_days", wanted.key_log_days, DAYS),
        ("platform_answers_days", wanted.platform_answers_days, DAYS),
    ])?;
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let (before, run) = retention::get(&mut tx).await?;
    if before != wanted {
        retention::set(&mut tx, wanted).await?;
        let told = |retention: Retention| {
            json!({
                "audit_months": retention.audit_months,
                "key_log_days": retention.key_log_days,
                "platform_answers_days": retention.platform_answers_days,
            })
        };
        let happened = Happened {
            action: "workspace.retention_changed",
            subject_kind: "workspace",
            subject_id: caller.workspace.to_string(),
            detail: json!({ "from": told(before), "to": told(wanted) }),
        };
        record(&mut tx, caller.actor(), happened, app.now()).await?;
        tx.commit().await?;
    }
    Ok((wanted, run))
}
