//! A comment of our own below a post of ours, the same on Pages and on Instagram: announced, sent once, looked at.

use std::time::Duration;

use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::roles::{OutgoingComment, Progress, Receipt, Reconciled, Step};
use fanfare_platform_kit::{PlatformContext, PlatformError};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Graph, ListPage, Token, Window, moment, same_text};

/// A comment is answered within this time, or its outcome is unknown.
const COMMENT_WITHIN: Duration = Duration::from_secs(15);
/// An announcement older than this is made anew, so that its instant is near that of the call.
const ANNOUNCEMENT_FRESH: SignedDuration = SignedDuration::from_secs(5);
/// By then a call is over: the age of its announcement, the time we wait for its answer, and some for what goes on unseen.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_secs(30);
/// A list that goes on after so many answers is not read to its end.
const ANSWERS_MAX: usize = 5;

/// How far a comment has come.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
enum Walk {
    #[default]
    Begun,
    /// About to send it.
    Announced { at: Timestamp },
    /// It is there; where to look at it is asked next.
    Sent { comment: String },
}

/// Comments below one post, as one account.
pub struct Comments<'a> {
    pub graph: Graph<'a>,
    pub token: Token,
    /// What to ask for of each comment; the two platforms name the same things differently.
    pub fields: &'static str,
    /// Further parameters of the list.
    pub list: &'static [(&'static str, &'static str)],
}

/// Whose a comment must be to be ours, as far as the platform tells it.
#[derive(Debug, Default)]
pub struct Author {
    pub id: Option<String>,
    pub username: Option<String>,
}

/// A comment as lists and single reads give it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    id: String,
    #[serde(alias = "text")]
    message: Option<String>,
    #[serde(alias = "timestamp")]
    created_time: Option<String>,
    permalink_url: Option<String>,
    from: Option<From>,
    username: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct From {
    id: Option<String>,
}

impl Comments<'_> {
    pub async fn step(
        &self,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        let now = self.ctx().now();
        match progress.read(self.graph.name)? {
            Walk::Announced { at } if now <= at + ANNOUNCEMENT_FRESH => {
                let comment = self.send(comment).await?;
                let sent = Progress::from_value(&Walk::Sent { comment });
                Ok(Step::Checkpoint(sent))
            }
            Walk::Begun | Walk::Announced { .. } => {
                let announced = Walk::Announced { at: now };
                Ok(Step::Intend(Progress::from_value(&announced)))
            }
            Walk::Sent { comment } => {
                // It is there for certain; not being told where is no reason to say otherwise.
                let seen = self.graph.read(&comment, self.fields, &self.token).await;
                let seen: Seen = seen.unwrap_or_default();
                Ok(Step::Published(self.receipt(comment, &seen)))
            }
        }
    }

    pub async fn reconcile(
        &self,
        comment: &OutgoingComment,
        progress: &Progress,
        author: &Author,
    ) -> Result<Reconciled, PlatformError> {
        let Walk::Announced { at } = progress.read(self.graph.name)? else {
            return Ok(Reconciled::NotPublished(progress.clone()));
        };
        if let Some(seen) = self.find(comment, at, author).await? {
            return Ok(Reconciled::Published(self.receipt(seen.id.clone(), &seen)));
        }
        if self.ctx().now() < at + SETTLED_AFTER {
            return Ok(Reconciled::Unknown);
        }
        let again = Progress::from_value(&Walk::Begun);
        Ok(Reconciled::NotPublished(again))
    }

    fn ctx(&self) -> &PlatformContext {
        self.graph.ctx
    }

    /// The call asks for no fields: with them the comment is made and the answer is an error.
    async fn send(&self, comment: &OutgoingComment) -> Result<String, PlatformError> {
        #[derive(Deserialize)]
        struct Created {
            id: String,
        }
        let path = format!("{}/comments", comment.post.remote_id);
        let request = self
            .graph
            .call(Method::POST, &path, &self.token)
            .timeout(COMMENT_WITHIN)
            .form(&[("message", &comment.text)]);
        let created: Created = self.graph.send(Effect::Once, request).await?;
        Ok(created.id)
    }

    /// The comment that came from our call, if it is there.
    async fn find(
        &self,
        comment: &OutgoingComment,
        sent_at: Timestamp,
        author: &Author,
    ) -> Result<Option<Seen>, PlatformError> {
        let path = format!("{}/comments", comment.post.remote_id);
        let mut after = None;
        for _ in 0..ANSWERS_MAX {
            let mut request = self
                .graph
                .call(Method::GET, &path, &self.token)
                .query(&[("fields", self.fields), ("limit", "50")])
                .query(self.list);
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let answer = self.graph.answer(Effect::Repeatable, request).await?;
            let window = Window::since(sent_at, self.ctx().now(), &answer);
            let page: ListPage<Seen> = self.graph.understand(Effect::Repeatable, &answer)?;
            after = page.after();
            let is_ours = |seen: &Seen| {
                seen.created_at().is_none_or(|at| window.contains(at))
                    && seen.may_be_by(author)
                    && same_text(seen.message.as_deref().unwrap_or_default(), &comment.text)
            };
            if let Some(found) = page.data.into_iter().find(is_ours) {
                return Ok(Some(found));
            }
            if after.is_none() {
                return Ok(None);
            }
        }
        let log = format!("more than {ANSWERS_MAX} answers of comments");
        Err(PlatformError::outcome_unknown(self.graph.name, log))
    }

    fn receipt(&self, remote_id: String, seen: &Seen) -> Receipt {
        Receipt {
            permalink: seen.permalink(self.ctx()),
            published_at: seen.created_at().unwrap_or_else(|| self.ctx().now()),
            raw: json!({
                "id": remote_id,
                "created_time": seen.created_time,
                "permalink_url": seen.permalink_url,
            }),
            remote_id,
        }
    }
}

impl Seen {
    fn created_at(&self) -> Option<Timestamp> {
        self.created_time.as_deref().and_then(moment)
    }

    /// Not somebody else's. Both platforms leave the author out in many set-ups, but never name a wrong one.
    fn may_be_by(&self, author: &Author) -> bool {
        let from = self.from.as_ref().and_then(|from| from.id.as_ref());
        let differs = |one: Option<&String>, other: &Option<String>| match (one, other) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        };
        !differs(from, &author.id) && !differs(self.username.as_ref(), &author.username)
    }

    fn permalink(&self, ctx: &PlatformContext) -> Option<String> {
        let given = self.permalink_url.as_deref()?;
        match given.strip_prefix('/') {
            Some(path) => Some(ctx.settings().auth(path).into()),
            None => Some(given.to_owned()),
        }
    }
}

/// The name of a post's account, where the platform tells it.
pub async fn username_of(
    graph: &Graph<'_>,
    post: &str,
    token: &Token,
) -> Result<Option<String>, PlatformError> {
    let owner: Value = graph.read(post, "username", token).await?;
    Ok(owner["username"].as_str().map(str::to_owned))
}
