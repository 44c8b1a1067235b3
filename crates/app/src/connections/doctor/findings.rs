//! The things that are looked at, one after the other.

use fanfare_domain::ConnectionId;
use fanfare_platform_kit::http::BudgetKey;
use fanfare_platform_kit::roles::Grant;
use fanfare_platform_kit::{Advice, Manifest, PlatformError};
use fanfare_store::channels;
use fanfare_store::connections::{self, Connection};
use jiff::{SignedDuration, Timestamp};

use super::{Chart, Finding, Health, Repair, channel_findings, hearing_findings, public_address};
use crate::Result;
use crate::connections::keep::connection_owner;
use crate::connections::look::{load, look};
use crate::connections::refresh::GrantError;
use crate::connections::{renewal, scopes};

/// Access that cannot renew itself and ends within this time is worth a warning.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Above this share of an allowance, in percent, posts may have to wait.
const BUSY: f64 = 80.0;

pub(super) async fn gather(chart: &mut Chart<'_>, id: ConnectionId) -> Result<()> {
    let (app, workspace) = (chart.app, chart.workspace);
    let connection = load(app, workspace, id).await?;
    let platform = app.platform(&connection.platform)?.as_ref();
    let manifest = platform.manifest();

    let opened = credentials(chart, &connection, manifest).await?;
    let readable = opened.state == Health::Ok;
    chart.note(opened).await?;
    if readable {
        let seen = look(app, workspace, id).await;
        chart.note(access(manifest, &seen)).await?;
        if let Ok(grant) = &seen {
            chart
                .note(permissions(manifest, &connection, grant))
                .await?;
            channel_findings::gather(chart, id, platform).await?;
            hearing_findings::gather(chart, id, platform).await?;
        }
    }
    // The look may have renewed it.
    let connection = load(app, workspace, id).await?;
    chart.note(expiry(manifest, &connection, app.now())).await?;
    let busy = rate_limit(chart, &connection, manifest).await?;
    chart.note(busy).await?;
    if manifest.fetches_media {
        let address = public_address::look(app, manifest).await;
        chart.note(address).await?;
    }
    Ok(())
}

pub(super) fn finding(
    code: &str,
    title: &str,
    state: Health,
    detail: impl Into<String>,
) -> Finding {
    Finding {
        code: code.to_owned(),
        title: title.to_owned(),
        state,
        detail: detail.into(),
        repair: None,
        channel_id: None,
    }
}

pub(super) fn took_too_long() -> Finding {
    finding(
        "access",
        "The platform answers",
        Health::Warning,
        "The check took too long and was ended. Check again in a while.",
    )
}

pub(super) fn repaired_by(repair: Repair, finding: Finding) -> Finding {
    Finding {
        repair: Some(repair),
        ..finding
    }
}

async fn credentials(
    chart: &Chart<'_>,
    connection: &Connection,
    manifest: &Manifest,
) -> Result<Finding> {
    let title = "Stored access can be read";
    let mut tx = chart.app.store.in_workspace(chart.workspace).read().await?;
    let sealed = connections::sealed_credentials(&mut tx, connection.id).await?;
    drop(tx);
    let owner = connection_owner(connection.id);
    let sealed = sealed.unwrap_or_default();
    Ok(
        match renewal::open(&chart.app.vault, &owner, &sealed, manifest.name) {
            Ok(_) => finding(
                "credentials",
                title,
                Health::Ok,
                "It opens with this installation’s keys.",
            ),
            Err(error) => repaired_by(
                Repair::Reconnect,
                finding("credentials", title, Health::Failed, error.detail),
            ),
        },
    )
}

fn access(manifest: &Manifest, seen: &std::result::Result<Grant, GrantError>) -> Finding {
    let name = manifest.name;
    let title = format!("{name} accepts the access");
    let found = |state, detail: String| finding("access", &title, state, detail);
    match seen {
        Ok(grant) => found(
            Health::Ok,
            format!("{name} knows us as acting for {}.", grant.name),
        ),
        Err(GrantError::Platform(error)) => refusal(name, error, &found),
        Err(GrantError::Other(error)) => found(Health::Failed, error.to_string()),
    }
}

/// What a refusal means outside of publishing.
pub(super) fn refusal(
    name: &str,
    error: &PlatformError,
    found: &dyn Fn(Health, String) -> Finding,
) -> Finding {
    match error.advice {
        Advice::Reconnect => repaired_by(
            Repair::Reconnect,
            found(
                Health::Failed,
                format!(
                    "{name} no longer accepts it: it was withdrawn or has ended. Reconnect the account."
                ),
            ),
        ),
        Advice::Refresh => repaired_by(
            Repair::Refresh,
            found(
                Health::Failed,
                format!("{name} says that the access has ended. Renew it."),
            ),
        ),
        Advice::Retry { .. } | Advice::OutcomeUnknown => found(
            Health::Warning,
            format!(
                "{name} does not answer as it should right now, so nothing can be said about it. Check again in a while."
            ),
        ),
        Advice::RateLimited { .. } => found(
            Health::Warning,
            format!("{name} asks for fewer calls right now. Check again later."),
        ),
        Advice::NeedsPermission => repaired_by(
            Repair::Reconnect,
            found(Health::Failed, error.detail.clone()),
        ),
        Advice::FixContent { .. } | Advice::Permanent => repaired_by(
            Repair::Documentation,
            found(Health::Failed, error.detail.clone()),
        ),
    }
}

fn permissions(manifest: &Manifest, connection: &Connection, grant: &Grant) -> Finding {
    let title = "Permissions are complete";
    let scopes = if grant.scopes.is_empty() {
        &connection.scopes
    } else {
        &grant.scopes
    };
    let missing = scopes::missing(manifest, scopes);
    if !missing.is_empty() {
        let detail = format!(
            "{} did not give: {}. Reconnect and leave every permission ticked.",
            manifest.name,
            missing.join(", ")
        );
        let found = finding("permissions", title, Health::Failed, detail);
        return repaired_by(Repair::Reconnect, found);
    }
    let detail = if scopes.is_empty() {
        format!("{} gives the whole access or none.", manifest.name)
    } else {
        "Everything that publishing needs is granted.".to_owned()
    };
    finding("permissions", title, Health::Ok, detail)
}

fn expiry(manifest: &Manifest, connection: &Connection, now: Timestamp) -> Finding {
    let title = "The access lasts";
    let found = |state, detail: String| finding("expiry", title, state, detail);
    let Some(end) = connection.expires_at else {
        return found(Health::Ok, "It does not end by itself.".to_owned());
    };
    let day = end.strftime("%-d %B %Y");
    let fails = connection.refreshable && connection.last_error.is_some();
    if end <= now {
        let repair = if connection.refreshable {
            Repair::Refresh
        } else {
            Repair::Reconnect
        };
        let detail = format!("It ended on {day}. Nothing goes out until it is renewed.");
        return repaired_by(repair, found(Health::Failed, detail));
    }
    if fails {
        let detail = format!("It ends on {day}, and renewing it failed last time.");
        return repaired_by(Repair::Refresh, found(Health::Warning, detail));
    }
    if connection.refreshable {
        return found(
            Health::Ok,
            format!("It ends on {day} and renews itself before."),
        );
    }
    if end <= now + SOON {
        let detail = format!(
            "It ends on {day}, and {} does not let it renew itself. Reconnect before then.",
            manifest.name
        );
        return repaired_by(Repair::Reconnect, found(Health::Warning, detail));
    }
    found(Health::Ok, format!("It lasts until {day}."))
}

async fn rate_limit(
    chart: &Chart<'_>,
    connection: &Connection,
    manifest: &Manifest,
) -> Result<Finding> {
    let mut tx = chart.app.store.in_workspace(chart.workspace).read().await?;
    let found = channels::of_connection(&mut tx, connection.id).await?;
    drop(tx);
    let (budgets, now) = (chart.app.http.budgets(), chart.app.now());
    let keys: Vec<BudgetKey> = found
        .iter()
        .map(|channel| BudgetKey::channel(manifest.id, &channel.id.to_string()))
        .chain([BudgetKey::app(manifest.id)])
        .collect();
    let blocked = keys
        .iter()
        .any(|key| budgets.blocked_until(key, now).is_some());
    let used = keys
        .iter()
        .filter_map(|key| budgets.usage(key))
        .map(|usage| usage.percent)
        .fold(None, |most: Option<f64>, percent| {
            Some(most.map_or(percent, |most| most.max(percent)))
        });
    let title = "Room for more calls";
    Ok(match used {
        _ if blocked => finding(
            "rate_limit",
            title,
            Health::Warning,
            format!(
                "{} asks us to wait. Posts go out by themselves afterwards.",
                manifest.name
            ),
        ),
        Some(percent) if percent >= BUSY => finding(
            "rate_limit",
            title,
            Health::Warning,
            format!("{percent:.0} % of the allowance is used. Posts may have to wait for a while."),
        ),
        Some(percent) => finding(
            "rate_limit",
            title,
            Health::Ok,
            format!("{:.0} % of the allowance is used.", percent.max(0.0)),
        ),
        None => finding(
            "rate_limit",
            title,
            Health::Ok,
            "Nothing holds calls back.".to_owned(),
        ),
    })
}
