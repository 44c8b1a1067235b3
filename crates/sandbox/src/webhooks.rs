//! Telling applications what happens, as Meta does it: signed, in bundles, and again until it is taken.
//!
//! What happens is told in the change of the state that makes it happen; the sending is a task of its own.

mod body;
mod log;
mod outbox;
mod sending;
mod shapes;

pub use log::{Outcome, SentWebhook, SentWebhooks};
pub use outbox::{Outbox, Waiting};
pub use sending::keep_sending;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::posts::Post;
use crate::state::State;
use crate::subscriptions::platform_of;

/// How much may wait to be told. Beyond it nothing more is noted: nobody listens.
const MOST_WAITING: usize = 10_000;

/// Something that happened on an account.
pub struct Happening {
    /// The subscribed field that it belongs to.
    pub field: &'static str,
    /// What people call it: `feed.comment.add`.
    pub kind: String,
    pub told: Told,
}

/// The two shapes in which things stand in an entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    Change { field: String, value: Value },
    Talk(Value),
}

impl State {
    /// Publishes a post.
    pub fn publish(&mut self, post: Post) {
        if let Some(happening) = shapes::post(self, &post, "add") {
            self.tell(&post.account, &happening);
        }
        self.posts.add(post);
    }

    pub fn edit_post(&mut self, id: &str, text: &str) {
        let now = self.now();
        if self.posts.edit(id, text, now)
            && let Some(post) = self.posts.find(id).cloned()
            && let Some(happening) = shapes::post(self, &post, "edited")
        {
            self.tell(&post.account, &happening);
        }
    }

    pub fn delete_post(&mut self, id: &str) {
        if let Some(post) = self.posts.delete(id)
            && let Some(happening) = shapes::post(self, &post, "remove")
        {
            self.tell(&post.account, &happening);
        }
    }

    /// Tells what happened to the applications that asked for it.
    pub fn tell(&mut self, account: &str, happening: &Happening) {
        let Some(platform) = platform_of(account) else {
            return;
        };
        let at = self.now();
        let listeners = self
            .subscriptions
            .of(account)
            .filter(|one| one.fields.iter().any(|field| field == happening.field));
        let events: Vec<outbox::Event> = listeners
            .map(|one| outbox::Event {
                platform,
                account: account.to_owned(),
                client_id: one.client_id.clone(),
                secret: one.secret.clone(),
                kind: happening.kind.clone(),
                told: happening.told.clone(),
                at,
            })
            .collect();
        if self.outbox.waiting() + events.len() <= MOST_WAITING {
            self.outbox.note(events);
        }
    }
}

pub use shapes::{comment, mention, message, reaction, share};
