//! `fanfare webhooks`: trying out whether platforms are heard, and having what they told worked off once more.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use fanfare_app::hearing::{
    Received, Replayed, Wanted, catch_up_everywhere, receiver, replay_everywhere, test_request,
};
use fanfare_domain::{Clock as _, SystemClock};

use super::wired;
use crate::command_line::{RepairOptions, ReplayOptions, TestOptions, WebhooksQuestion};
use crate::config::Config;
use crate::{serving, wiring};

const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn answer(config: &Config, question: &WebhooksQuestion) -> Result<()> {
    match question {
        WebhooksQuestion::SendTest(options) => send_test(config, options).await,
        WebhooksQuestion::Replay(options) => replay(config, options).await,
        WebhooksQuestion::Repair(options) => repair(config, options).await,
    }
}

/// Sends what the platform would send, signed as the platform would sign it.
async fn send_test(config: &Config, options: &TestOptions) -> Result<()> {
    let TestOptions {
        platform,
        account,
        kind,
        url,
    } = options;
    let platforms = fanfare_platforms::all();
    let found = platforms
        .iter()
        .find(|one| one.manifest().id == platform && one.webhooks().is_some());
    let Some(found) = found else {
        let heard = platforms.iter().filter(|one| one.webhooks().is_some());
        let names: Vec<&str> = heard.map(|one| one.manifest().id).collect();
        bail!(
            "“{platform}” tells nothing here. Choose one of {}.",
            names.join(", ")
        );
    };
    let secret = wiring::secret_of_requests(config, &platforms, found.manifest()).with_context(|| {
        let name = platform.to_uppercase();
        format!("There is no secret to sign with. Set FANFARE_{name}_WEBHOOK_SECRET, or the application's secret")
    })?;
    let base = match url.as_ref().or(config.public_url.as_ref()) {
        Some(url) => url.clone(),
        None => serving::url_of(config.listen)?,
    };
    let target = receiver(&base, platform);
    let now = SystemClock.now();
    let Received { headers, body, .. } =
        test_request(found.as_ref(), &secret, account, *kind, None, &target, now)?;
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    let request = headers
        .iter()
        .fold(client.post(target.clone()), |request, (name, value)| {
            request.header(name, value)
        });
    let answer = request
        .body(body)
        .send()
        .await
        .with_context(|| format!("{target} does not answer"))?;
    let status = answer.status();
    let said = answer.text().await.unwrap_or_default();
    if !status.is_success() {
        bail!("{target} answered {status}: {said}");
    }
    println!(
        "{target} took it ({status}). It shows on the page Webhooks, as a test, and changes nothing."
    );
    Ok(())
}

async fn replay(config: &Config, options: &ReplayOptions) -> Result<()> {
    let app = wired::app(config).await?;
    let wanted = Wanted {
        ids: Vec::new(),
        status: options.status,
        platform: options.platform.clone(),
        kind: options.kind.clone(),
        account: options.account.clone(),
        from: options.from,
        to: options.to,
    };
    let done = replay_everywhere(&app, &wanted, options.dry_run).await;
    app.store.close().await;
    tell(&done?, options.dry_run);
    Ok(())
}

async fn repair(config: &Config, options: &RepairOptions) -> Result<()> {
    let app = wired::app(config).await?;
    let (platform, account) = (options.platform.as_deref(), options.account.as_deref());
    let begun = catch_up_everywhere(&app, platform, account, options.since).await;
    app.store.close().await;
    println!(
        "What was missed is read for {} channels by the running Fanfare. GET /api/webhook-events/health says what it added.",
        begun?
    );
    Ok(())
}

fn tell(replayed: &Replayed, is_dry: bool) {
    for would in &replayed.would {
        let changes = would.effects.iter().filter(|one| one.changes).count();
        let words = match &would.error {
            Some(error) => format!("would fail: {error}"),
            None => format!("would change {changes}"),
        };
        let event = &would.event;
        println!(
            "{}  {}  {}  {words}",
            event.id,
            event.platform,
            super::printable(&event.kind)
        );
    }
    let count = replayed.matched;
    if is_dry {
        println!("{count} would be worked off once more. Without --dry-run they are.");
    } else {
        println!("{count} are worked off once more by the running Fanfare.");
    }
    if replayed.more {
        println!("Others match too: say it again when these are done.");
    }
}
