//! Instagram's calls and the shapes of their answers; the same on both hosts.

use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::roles::Outgoing;
use fanfare_platform_kit::{PlatformContext, PlatformError};
use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::NAME;
use super::errors::{processing_failed, refusal};
use super::form::Form;
use crate::meta_graph::{Graph, ListPage, Token, Window, moment};

/// The way of signing in, which decides host and application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Login {
    Facebook,
    Instagram,
}

/// Stored credentials: of a person at Facebook, of a Page, or of an Instagram account.
#[derive(Serialize, Deserialize)]
pub struct Access {
    pub login: Login,
    pub token: Token,
    pub issued_at: Option<Timestamp>,
    pub ends: Option<Timestamp>,
    /// Of Instagram Login: what was granted, which renewing does not say again.
    #[serde(default)]
    pub granted: Option<Vec<String>>,
}

/// Instagram by way of `login`, for calls that concern no channel.
pub fn graph(ctx: &PlatformContext, login: Login) -> Graph<'_> {
    let settings = match login {
        Login::Facebook => ctx.settings_of(crate::facebook::ID),
        Login::Instagram => ctx.settings(),
    };
    Graph {
        ctx,
        name: NAME,
        settings,
        refusal,
        channel: None,
    }
}

/// One account, as whom we call.
pub struct AccountCalls<'a> {
    graph: Graph<'a>,
    token: Token,
    id: &'a str,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

/// What became of a container.
#[derive(Debug)]
pub enum Container {
    InProgress,
    Finished,
    Published,
    Expired,
    /// It came to nothing, for this reason.
    Failed(PlatformError),
}

/// A post as lists and single reads give it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    pub id: String,
    caption: Option<String>,
    timestamp: Option<String>,
    pub permalink: Option<String>,
}

/// How many posts the account has left today.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Quota {
    quota_usage: u64,
    config: QuotaConfig,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct QuotaConfig {
    quota_total: Option<u64>,
}

impl<'a> AccountCalls<'a> {
    pub fn of(ctx: &'a PlatformContext, outgoing: &'a Outgoing) -> Result<Self, PlatformError> {
        let access: Access = outgoing.credentials.read(NAME)?;
        let channel = &outgoing.channel;
        let graph = Graph {
            channel: Some(&channel.id),
            ..graph(ctx, access.login)
        };
        Ok(Self {
            graph,
            token: access.token,
            id: &channel.remote_id,
        })
    }

    /// Has Instagram prepare something. Nobody sees it until it is published, and it is forgotten after a day.
    pub async fn create_container(&self, form: &Form<'_>) -> Result<String, PlatformError> {
        let request = self
            .graph
            .call(Method::POST, &format!("{}/media", self.id), &self.token)
            .form(form);
        Ok(self
            .graph
            .send::<Created>(Effect::Repeatable, request)
            .await?
            .id)
    }

    /// How far Instagram is with a container.
    pub async fn container(&self, id: &str) -> Result<Container, PlatformError> {
        #[derive(Deserialize)]
        struct Status {
            status_code: String,
            status: Option<String>,
        }
        let request = self
            .graph
            .call(Method::GET, id, &self.token)
            .query(&[("fields", "status_code,status")]);
        let answer = self.graph.answer(Effect::Repeatable, request).await?;
        let status: Status = self.graph.understand(Effect::Repeatable, &answer)?;
        match status.status_code.as_str() {
            "IN_PROGRESS" => Ok(Container::InProgress),
            "FINISHED" => Ok(Container::Finished),
            "PUBLISHED" => Ok(Container::Published),
            "EXPIRED" => Ok(Container::Expired),
            "ERROR" => {
                let now = self.graph.ctx.now();
                let words = status.status.unwrap_or_default();
                Ok(Container::Failed(processing_failed(&answer, &words, now)))
            }
            other => {
                let log = format!("container status {other}");
                Err(PlatformError::not_understood(NAME, log))
            }
        }
    }

    /// Posts used and allowed in 24 hours, where Instagram says it.
    pub async fn quota(&self) -> Result<Option<(u64, u64)>, PlatformError> {
        let path = format!("{}/content_publishing_limit", self.id);
        let list: ListPage<Quota> = self
            .graph
            .read(&path, "quota_usage,config", &self.token)
            .await?;
        let quota = list.data.into_iter().next().unwrap_or_default();
        Ok(quota
            .config
            .quota_total
            .map(|total| (quota.quota_usage, total)))
    }

    /// Shows a prepared post to the world; a container can be published only once.
    pub async fn publish(&self, container: &str) -> Result<String, PlatformError> {
        let request = self
            .graph
            .call(
                Method::POST,
                &format!("{}/media_publish", self.id),
                &self.token,
            )
            .form(&[("creation_id", container)]);
        Ok(self.graph.send::<Created>(Effect::Once, request).await?.id)
    }

    pub async fn read_post(&self, id: &str) -> Result<Seen, PlatformError> {
        self.graph
            .read(id, "id,permalink,timestamp", &self.token)
            .await
    }

    /// Posts (or stories) that can be what was published at `sent_at`, nearest to it first.
    pub async fn recent(&self, edge: &str, sent_at: Timestamp) -> Result<Vec<Seen>, PlatformError> {
        let path = format!("{}/{edge}", self.id);
        let request = self.graph.call(Method::GET, &path, &self.token).query(&[
            ("fields", "id,caption,timestamp,permalink"),
            ("limit", "50"),
        ]);
        let answer = self.graph.answer(Effect::Repeatable, request).await?;
        let window = Window::since(sent_at, self.graph.ctx.now(), &answer);
        let list: ListPage<Seen> = self.graph.understand(Effect::Repeatable, &answer)?;
        let is_within = |seen: &Seen| seen.published_at().is_some_and(|at| window.contains(at));
        let mut found: Vec<_> = list.data.into_iter().filter(is_within).collect();
        found.sort_by_key(|seen| seen.published_at().map(|at| window.distance(at)));
        Ok(found)
    }
}

impl Seen {
    pub fn published_at(&self) -> Option<Timestamp> {
        self.timestamp.as_deref().and_then(moment)
    }

    pub fn caption(&self) -> &str {
        self.caption.as_deref().unwrap_or_default()
    }

    /// For the receipt.
    pub fn raw(&self, container: &str) -> Value {
        json!({
            "id": self.id,
            "container": container,
            "timestamp": self.timestamp,
            "permalink": self.permalink,
        })
    }
}
