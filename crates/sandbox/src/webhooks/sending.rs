//! Sends what waits, and again what was not taken.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::header;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use url::Url;

use super::body;
use super::log::{Outcome, SentWebhook};
use super::outbox::Parcel;
use crate::Platform;
use crate::faults::{CallKind, Fault};
use crate::state::World;

/// How long an application may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to sleep when nothing waits; whoever adds something wakes the task.
const IDLE: Duration = Duration::from_secs(3600);

/// Sends until the task is stopped.
pub async fn keep_sending(world: Arc<World>) {
    loop {
        let (due, next) = match world.webhooks_to() {
            Some(_) => world.change_outbox(|outbox, gathering| {
                outbox.bundle(gathering);
                (outbox.take_due(), outbox.next_due(gathering))
            }),
            None => (Vec::new(), None),
        };
        for parcel in due {
            tokio::spawn(send(Arc::clone(&world), parcel));
        }
        let pause = next.map_or(IDLE, |next| next.saturating_duration_since(Instant::now()));
        tokio::select! {
            () = world.told.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Sends one bundle and notes what came of it.
async fn send(world: Arc<World>, mut parcel: Parcel) {
    let Some(first) = parcel.events.first() else {
        return;
    };
    let platform = first.platform;
    let rule = world.faults.take(platform, CallKind::Webhook);
    if let Some(rule) = &rule {
        if rule.fault == Fault::Reordered {
            parcel.events.reverse();
        }
        rule.wait().await;
    }
    let fault = rule.as_ref().map(|rule| rule.fault);
    if fault == Some(Fault::Duplicate) {
        let first = request(&world, &parcel, fault).await;
        world.sent.note(first.noted(Outcome::Taken));
    }
    let sent = request(&world, &parcel, fault).await;
    let outcome = if sent.is_taken() {
        world.change_outbox(|outbox, _| outbox.taken(parcel.number));
        Outcome::Taken
    } else {
        let scale = world.look(|state| state.behaviour.webhook_time_scale);
        let next = world.change_outbox(|outbox, _| outbox.failed(parcel.number, scale));
        next.map_or(Outcome::GivenUp, |after_seconds| Outcome::Retried {
            after_seconds,
        })
    };
    world.sent.note(sent.noted(outcome));
    world.told.notify_one();
}

/// Makes one request; the outcome is filled in by whoever knows it.
async fn request(world: &World, parcel: &Parcel, fault: Option<Fault>) -> Sent {
    let event = &parcel.events[0];
    let body = body::write(&parcel.events);
    let secret = match fault {
        Some(Fault::WrongSignature) => "somebody else's",
        _ => event.secret.as_str(),
    };
    let began = Instant::now();
    let at = world.look(|state| state.now());
    let answer = match address(world, event.platform) {
        Some(to) => post(world, to, &body, secret).await,
        None => Err("There is no address to send to.".to_owned()),
    };
    let (status, error) = match answer {
        Ok(status) => (Some(status), None),
        Err(why) => (None, Some(why)),
    };
    Sent(SentWebhook {
        number: parcel.number,
        platform: event.platform,
        attempt: parcel.attempts,
        at,
        kinds: parcel.kinds(),
        fault,
        status,
        error,
        milliseconds: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        outcome: Outcome::GivenUp,
        body,
    })
}

struct Sent(SentWebhook);

impl Sent {
    fn is_taken(&self) -> bool {
        self.0
            .status
            .is_some_and(|status| (200..300).contains(&status))
    }

    fn noted(self, outcome: Outcome) -> SentWebhook {
        SentWebhook { outcome, ..self.0 }
    }
}

async fn post(world: &World, to: Url, body: &str, secret: &str) -> Result<u16, String> {
    let answer = world
        .http
        .post(to)
        .timeout(PATIENCE)
        .header(header::CONTENT_TYPE, "application/json")
        .header(
            header::USER_AGENT,
            "facebookplatform/1.0 (+http://developers.facebook.com)",
        )
        .header("facebook-api-version", "v26.0")
        .header("x-hub-signature-256", signature(secret, body))
        .body(body.to_owned())
        .send()
        .await
        .map_err(|error| error.without_url().to_string())?;
    Ok(answer.status().as_u16())
}

fn signature(secret: &str, body: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key length is good");
    mac.update(body.as_bytes());
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

fn address(world: &World, platform: Platform) -> Option<Url> {
    let to = world.webhooks_to()?;
    Url::parse(&format!("{}/{platform}", to.as_str().trim_end_matches('/'))).ok()
}
