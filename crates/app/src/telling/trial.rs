//! The test button: one message, sent at once, and what came of it.

use fanfare_domain::{ErrorCode, WebhookEndpointId, WebhookMessageId};
use fanfare_store::outgoing::{self, Attempt, AttemptFilter, Send};

use super::catalogue::{self, EVENT_TYPES};
use super::endpoints::{get, lock};
use super::request::Target;
use super::{KIND, fan_out, outcome};
use crate::{App, AppError, Caller, Result};

/// Sends an example of that type, also to an endpoint that is disabled. It is not tried again.
///
/// # Errors
/// `not_found`; `not_allowed` when there is no such type. That the endpoint did not take it is no error but the answer.
pub async fn try_endpoint(
    app: &App,
    caller: &Caller,
    id: WebhookEndpointId,
    event_type: Option<&str>,
) -> Result<Attempt> {
    let name = event_type.unwrap_or("webhook.test");
    let Some(kind) = EVENT_TYPES.iter().find(|known| known.name == name) else {
        let detail = format!("There is no event type named “{name}”.");
        return Err(AppError::invalid_field(
            "event_type",
            ErrorCode::NotAllowed,
            detail,
        ));
    };
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let endpoint = get(&mut tx, id).await?;
    drop(tx);
    let message = WebhookMessageId::new(now);
    let body = fan_out::body(kind.name, now, &catalogue::example_data(kind));
    let target = Target::open(app, &endpoint, now);
    let tried = target.send(app, message, &body).await;

    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    // It may have been deleted meanwhile.
    lock(&mut tx, id).await?;
    outgoing::insert_message(&mut tx, message, kind.name, body.clone()).await?;
    outgoing::insert_send(&mut tx, id, message, None).await?;
    let send = Send {
        message,
        event_type: kind.name.to_owned(),
        body,
        attempts: 0,
        tries: 0,
    };
    let line = outcome::line(&send, &tried, false);
    outgoing::record(&mut tx, id, &[line]).await?;
    let filter = AttemptFilter {
        message: Some(message),
        ..AttemptFilter::default()
    };
    let made = outgoing::attempts(&mut tx, id, &filter, None, 1).await?;
    tx.note_change(KIND);
    tx.commit().await?;
    made.into_iter()
        .next()
        .ok_or_else(|| AppError::not_found("message"))
}
