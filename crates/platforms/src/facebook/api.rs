//! Facebook's calls and the shapes of their answers.

use std::time::Duration;

use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::roles::{Outgoing, OutgoingMedia};
use fanfare_platform_kit::{PlatformContext, PlatformError};
use jiff::Timestamp;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::NAME;
use super::errors::refusal;
use crate::meta_graph::{Graph, ListPage, Token, Window, moment};

/// A post is answered within this time, or its outcome is unknown.
pub const POST_WITHIN: Duration = Duration::from_secs(15);
/// Uploads slower than this are given up.
const SLOWEST_BYTES_PER_SECOND: u64 = 100_000;
/// A list that goes on after so many answers is not read to its end.
const RECENT_ANSWERS_MAX: usize = 5;

/// Stored credentials: of a person, or of one Page.
#[derive(Serialize, Deserialize)]
pub struct Access {
    pub token: Token,
    pub is_page: bool,
    pub ends: Option<Timestamp>,
}

/// Facebook for calls that concern no channel.
pub fn graph(ctx: &PlatformContext) -> Graph<'_> {
    Graph {
        ctx,
        name: NAME,
        settings: ctx.settings(),
        refusal,
        channel: None,
    }
}

/// One Page, as whom we call.
pub struct PageCalls<'a> {
    pub(super) graph: Graph<'a>,
    pub(super) token: Token,
    pub(super) id: &'a str,
}

/// What was made, by its id.
#[derive(Debug, Deserialize)]
pub struct Created {
    pub id: String,
}

/// A post or video as lists and single reads give it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    pub id: String,
    message: Option<String>,
    /// Of videos: whether a post shows it.
    pub published: bool,
    created_time: Option<String>,
    permalink_url: Option<String>,
    attachments: Attachments,
    pub status: VideoStatus,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Attachments {
    data: Vec<Attachment>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Attachment {
    media_type: Option<String>,
    target: Target,
    subattachments: Attachments,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Target {
    id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct VideoStatus {
    pub video_status: Option<String>,
    processing_phase: Phase,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Phase {
    error: PhaseError,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PhaseError {
    message: Option<String>,
}

impl<'a> PageCalls<'a> {
    pub fn of(ctx: &'a PlatformContext, outgoing: &'a Outgoing) -> Result<Self, PlatformError> {
        let access: Access = outgoing.credentials.read(NAME)?;
        let channel = &outgoing.channel;
        let graph = Graph {
            channel: Some(&channel.id),
            ..graph(ctx)
        };
        Ok(Self {
            graph,
            token: access.token,
            id: &channel.remote_id,
        })
    }

    /// Uploads a picture that nobody sees until a post shows it; forgotten by Facebook after a day.
    pub async fn upload_photo(&self, photo: &OutgoingMedia) -> Result<String, PlatformError> {
        let length = photo.length().await?;
        let content = Body::wrap_stream(photo.read(0..length).await?);
        let part = Part::stream_with_length(content, length).file_name(photo.file_name.clone());
        let mut form = Form::new().part("source", part).text("published", "false");
        if !photo.facts.alt.is_empty() {
            form = form.text("alt_text_custom", photo.facts.alt.clone());
        }
        let request = self
            .graph
            .call(Method::POST, &format!("{}/photos", self.id), &self.token)
            .timeout(upload_within(length))
            .multipart(form);
        Ok(self
            .graph
            .send::<Created>(Effect::Repeatable, request)
            .await?
            .id)
    }

    /// Publishes a post of text, a link or uploaded pictures.
    pub async fn post(
        &self,
        message: &str,
        link: Option<&str>,
        photos: &[&str],
    ) -> Result<Created, PlatformError> {
        let mut form = Vec::new();
        if !message.is_empty() {
            form.push(("message".to_owned(), message.to_owned()));
        }
        if let Some(link) = link {
            form.push(("link".to_owned(), link.to_owned()));
        }
        for (index, photo) in photos.iter().enumerate() {
            let attached = json!({ "media_fbid": photo }).to_string();
            form.push((format!("attached_media[{index}]"), attached));
        }
        let request = self
            .graph
            .call(Method::POST, &format!("{}/feed", self.id), &self.token)
            .timeout(POST_WITHIN)
            .form(&form);
        self.graph.send(Effect::Once, request).await
    }

    pub async fn read_post(&self, id: &str) -> Result<Seen, PlatformError> {
        self.graph
            .read(id, "id,permalink_url,created_time", &self.token)
            .await
    }

    /// Posts that can be what was sent at `sent_at`, nearest to it first.
    pub async fn posts_since(&self, sent_at: Timestamp) -> Result<Vec<Seen>, PlatformError> {
        let fields = "id,message,created_time,permalink_url,\
                      attachments{media_type,target,subattachments{media_type,target}}";
        self.recent("published_posts", fields, sent_at).await
    }

    /// Reads a list, newest first by Facebook's word, back to `sent_at`.
    async fn recent(
        &self,
        edge: &str,
        fields: &str,
        sent_at: Timestamp,
    ) -> Result<Vec<Seen>, PlatformError> {
        let mut found = Vec::new();
        let mut after = None;
        for _ in 0..RECENT_ANSWERS_MAX {
            let mut request = self
                .graph
                .call(Method::GET, &format!("{}/{edge}", self.id), &self.token)
                .query(&[("fields", fields), ("limit", "100")]);
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let answer = self.graph.answer(Effect::Repeatable, request).await?;
            let window = Window::since(sent_at, self.graph.ctx.now(), &answer);
            let list: ListPage<Seen> = self.graph.understand(Effect::Repeatable, &answer)?;
            after = list.after();
            let before = list.data.len();
            let new: Vec<_> = list
                .data
                .into_iter()
                .filter(|seen| seen.is_within(window))
                .collect();
            let has_older = new.len() < before;
            found.extend(new);
            if has_older || after.is_none() {
                found.sort_by_key(|seen: &Seen| seen.created_at().map(|at| window.distance(at)));
                return Ok(found);
            }
        }
        Err(PlatformError::outcome_unknown(
            NAME,
            format!("more than {} recent entries in {edge}", found.len()),
        ))
    }
}

impl Seen {
    pub fn created_at(&self) -> Option<Timestamp> {
        self.created_time.as_deref().and_then(moment)
    }

    fn is_within(&self, window: Window) -> bool {
        self.created_at().is_some_and(|at| window.contains(at))
    }

    pub fn text(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// The pictures that the post shows, by id where Facebook gives it.
    pub fn photos(&self) -> Vec<Option<&str>> {
        self.attachments
            .data
            .iter()
            .flat_map(Attachment::photos)
            .collect()
    }

    /// Where people can look at it. Videos' addresses come without a host.
    pub fn permalink(&self, ctx: &PlatformContext) -> Option<String> {
        let given = self.permalink_url.as_deref()?;
        match given.strip_prefix('/') {
            Some(path) => Some(ctx.settings().auth(path).into()),
            None => Some(given.to_owned()),
        }
    }

    /// What is wrong with a video that could not be processed.
    pub fn processing_error(&self) -> &str {
        self.status
            .processing_phase
            .error
            .message
            .as_deref()
            .unwrap_or("no reason given")
    }

    /// For the receipt.
    pub fn raw(&self) -> Value {
        json!({
            "id": self.id,
            "created_time": self.created_time,
            "permalink_url": self.permalink_url,
            "video_status": self.status.video_status,
        })
    }
}

impl Attachment {
    fn photos(&self) -> Vec<Option<&str>> {
        if !self.subattachments.data.is_empty() {
            return self
                .subattachments
                .data
                .iter()
                .flat_map(Self::photos)
                .collect();
        }
        match self.media_type.as_deref() {
            Some("photo" | "image") => vec![self.target.id.as_deref()],
            _ => Vec::new(),
        }
    }
}

/// How long an upload of so many bytes may take before it is given up.
pub fn upload_within(bytes: u64) -> Duration {
    Duration::from_secs(60 + bytes / SLOWEST_BYTES_PER_SECOND)
}
