//! `/api/live`: a WebSocket that says what is not as it was.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use fanfare_app::App;
use fanfare_app::live::{self, Live, Stale};
use fanfare_domain::Action;
use serde::Serialize;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::permission::needs;
use crate::state::ApiState;
use crate::still_allowed::StillAllowed;

/// A line that nothing is said on is cut by some proxies after a minute.
const PING_EVERY: Duration = Duration::from_secs(25);
/// Who takes longer to read a few bytes is gone, or too slow to be told.
const PATIENCE: Duration = Duration::from_secs(10);
/// Then the client comes again: a line that nobody holds any more does not stay for ever.
const LONGEST: Duration = Duration::from_secs(300);
/// Whoever was shut out is told nothing after this time. Each change would be too often on a busy day.
const TRUSTED_FOR: Duration = Duration::from_secs(1);
/// We read nothing but answers to pings.
const LARGEST_MESSAGE: usize = 1024;
/// Whatever waits for a client that does not read: a message of ours, and what its pings are answered.
const MOST_UNSENT: usize = 2 * 1024 * 1024;
/// A client answers our pings and may send its own. Whoever says more than so many things in a minute is hung up on: it takes
/// work to read them, and memory to answer its pings.
const MOST_SAID: u32 = 120;
const MINUTE: Duration = Duration::from_secs(60);

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(needs(Action::WorkspaceRead, routes!(open)))
}

/// One message on the line.
#[derive(Serialize, ToSchema)]
#[schema(as = LiveMessage)]
struct LiveMessage {
    /// Kinds of things that are not as they were: `post`, `delivery`, `media`, `connection` …, as the audit log names them. `*` means that
    /// anything may be another.
    stale: Vec<String>,
}

/// Hear what changes
///
/// A WebSocket. Each message is a JSON object whose `stale` lists kinds of things in the workspace that are not as they were, so that a
/// client asks again for those. The first one comes at once and says `["*"]`. Nothing is kept for a client that is away: after
/// it comes back it asks again for everything. The line is closed after five minutes at the latest; come again at once. It is closed, too, when
/// the session or key ends or the person leaves the workspace; coming again then says why. A page, which cannot send
/// `Fanfare-Workspace` with a WebSocket, says `?workspace=` instead.
#[utoipa::path(
    get,
    path = "/api/live",
    tag = "Workspaces",
    operation_id = "hear_changes",
    params(("workspace" = Option<String>, Query, description = "Instead of the header `Fanfare-Workspace`.")),
    responses(
        (status = 101, description = "The line is open; each message is a LiveMessage."),
        (status = 200, description = "Never: what is said on the line.", body = LiveMessage)
    )
)]
async fn open(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    admission: StillAllowed,
    line: WebSocketUpgrade,
) -> Response {
    let live = live::listen(&app, &caller);
    line.max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .read_buffer_size(LARGEST_MESSAGE)
        .write_buffer_size(0)
        .max_write_buffer_size(MOST_UNSENT)
        .on_upgrade(move |socket| tell(socket, live, admission))
}

/// Until the client goes, is too slow, says too much, is shut out, or has listened for long enough.
async fn tell(mut socket: WebSocket, mut live: Live, admission: StillAllowed) {
    let _counted = Counted::begin();
    let end = Instant::now() + LONGEST;
    let mut ask_again_at = Instant::now() + TRUSTED_FOR;
    let mut ping_at = Instant::now() + PING_EVERY;
    let mut said = Said::nothing();
    if !send(&mut socket, stale(Stale::Everything)).await {
        return;
    }
    loop {
        let message = tokio::select! {
            () = sleep_until(end) => break,
            () = sleep_until(ping_at) => {
                ping_at = Instant::now() + PING_EVERY;
                Message::Ping(Vec::new().into())
            }
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_))) => return see_out(socket).await,
                Some(Err(_)) | None => return,
                Some(Ok(_)) if said.too_much() => return,
                Some(Ok(_)) => continue,
            },
            changed = live.next() => match changed {
                Some(changed) => stale(changed),
                None => break,
            },
        };
        if ask_again_at <= Instant::now() {
            if !admission.holds().await {
                break;
            }
            ask_again_at = Instant::now() + TRUSTED_FOR;
        }
        if !send(&mut socket, message).await {
            return;
        }
    }
    let again = CloseFrame {
        code: close_code::AWAY,
        reason: "again".into(),
    };
    if send(&mut socket, Message::Close(Some(again))).await {
        see_out(socket).await;
    }
}

/// Reads on until the line is closed: our answer to the client's goodbye goes out by that, and theirs to ours comes in.
async fn see_out(mut socket: WebSocket) {
    let end = Instant::now() + PATIENCE;
    while let Ok(Some(Ok(_))) = timeout_at(end, socket.recv()).await {}
}

fn stale(changed: Stale) -> Message {
    let stale = match changed {
        Stale::Kinds(kinds) => kinds.into_iter().collect(),
        Stale::Everything => vec!["*".to_owned()],
    };
    let text = serde_json::to_string(&LiveMessage { stale }).expect("kinds are plain JSON");
    Message::Text(text.into())
}

/// Whether it went out.
async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(PATIENCE, socket.send(message)).await, Ok(Ok(())))
}

/// How many things the client has said in this minute.
struct Said {
    until: Instant,
    things: u32,
}

impl Said {
    fn nothing() -> Self {
        Self {
            until: Instant::now() + MINUTE,
            things: 0,
        }
    }

    /// Whether one more is too much.
    fn too_much(&mut self) -> bool {
        if self.until <= Instant::now() {
            *self = Self::nothing();
        }
        self.things += 1;
        self.things > MOST_SAID
    }
}

/// An open line, as the metrics count them.
struct Counted;

impl Counted {
    fn begin() -> Self {
        metrics::gauge!("fanfare_live_connections").increment(1);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("fanfare_live_connections").decrement(1);
    }
}
