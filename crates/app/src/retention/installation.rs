//! What the installation itself wants.

use anyhow::Context as _;
use fanfare_store::audit::Actor;
use fanfare_store::{SystemTx, audit, installation_facts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{DAYS, MONTHS, check};
use crate::audit::event;
use crate::{App, Result};

const FACT: &str = "retention";
/// As long as nobody says otherwise.
const MAIL_LOG_DAYS: i64 = 90;

/// For how long the installation keeps its own things. Absent is for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstallationRetention {
    pub audit_months: Option<i64>,
    pub mail_log_days: Option<i64>,
}

impl Default for InstallationRetention {
    fn default() -> Self {
        Self {
            audit_months: None,
            mail_log_days: Some(MAIL_LOG_DAYS),
        }
    }
}

pub async fn installation_retention(app: &App) -> Result<InstallationRetention> {
    let mut tx = app
        .store
        .as_system("how long things are kept")
        .read()
        .await?;
    read(&mut tx).await
}

pub(super) async fn read(tx: &mut SystemTx) -> Result<InstallationRetention> {
    let kept = installation_facts::get(tx, FACT).await?;
    let kept = kept.map(|kept| serde_json::from_slice(&kept));
    let kept = kept
        .transpose()
        .context("reading how long things are kept")?;
    Ok(kept.unwrap_or_default())
}

/// Has things kept that long from the next night on.
///
/// # Errors
/// `invalid_input`.
pub async fn change_installation_retention(
    app: &App,
    actor: &Actor,
    wanted: InstallationRetention,
) -> Result<InstallationRetention> {
    check(&[
        ("audit_months", wanted.audit_months, MONTHS),
        ("mail_log_days", wanted.mail_log_days, DAYS),
    ])?;
    let mut tx = app
        .store
        .as_system("how long things are kept")
        .write()
        .await?;
    let before = read(&mut tx).await?;
    if before != wanted {
        let kept = serde_json::to_vec(&wanted).context("writing down how long things are kept")?;
        installation_facts::put(&mut tx, FACT, &kept).await?;
        let detail = json!({ "from": before, "to": wanted });
        let about = ("installation", "retention");
        let changed = event(
            app.now(),
            actor.clone(),
            "installation.retention_changed",
            about,
            detail,
        );
        audit::record_for_installation(&mut tx, &changed).await?;
        tx.commit().await?;
    }
    Ok(wanted)
}
