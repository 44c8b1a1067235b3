//! Facebook's calls and the shapes of their answers.

use std::time::Duration;

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::roles::{Outgoing, OutgoingMedia};
use fanfare_platform_kit::settings::join;
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};
use jiff::Timestamp;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::fs::File;
use url::Url;

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
    graph: Graph<'a>,
    token: Token,
    id: &'a str,
}

/// What the platform knows of a post, a video or an upload.
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
    description: Option<String>,
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
        let mut form = Form::new()
            .part("source", file_part(photo).await?)
            .text("published", "false");
        if !photo.facts.alt.is_empty() {
            form = form.text("alt_text_custom", photo.facts.alt.clone());
        }
        let request = self
            .graph
            .call(Method::POST, &format!("{}/photos", self.id), &self.token)
            .timeout(upload_within(photo))
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

    /// Uploads and publishes a video in one call.
    pub async fn post_video(
        &self,
        video: &OutgoingMedia,
        description: &str,
    ) -> Result<Created, PlatformError> {
        let form = Form::new()
            .part("source", file_part(video).await?)
            .text("description", description.to_owned());
        let path = format!("{}/videos", self.id);
        let settings = self.graph.settings;
        let request = if settings.api_url_is_custom {
            self.graph.open(Method::POST, &path)
        } else {
            let version = settings.api_version.as_deref().unwrap_or_default();
            let url = join(&video_host(), &format!("{version}/{path}"));
            self.graph.ctx.http.request(Method::POST, url)
        };
        let request = self
            .graph
            .sign(request, &self.token)
            .timeout(upload_within(video))
            .multipart(form);
        self.graph.send(Effect::Once, request).await
    }

    pub async fn read_post(&self, id: &str) -> Result<Seen, PlatformError> {
        self.graph
            .read(id, "id,permalink_url,created_time", &self.token)
            .await
    }

    pub async fn read_video(&self, id: &str) -> Result<Seen, PlatformError> {
        self.graph
            .read(id, "id,status,permalink_url,created_time", &self.token)
            .await
    }

    /// Posts that can be what was sent at `sent_at`, nearest to it first.
    pub async fn posts_since(&self, sent_at: Timestamp) -> Result<Vec<Seen>, PlatformError> {
        let fields = "id,message,created_time,permalink_url,\
                      attachments{media_type,target,subattachments{media_type,target}}";
        self.recent("published_posts", fields, sent_at).await
    }

    /// Videos that can be what was sent at `sent_at`, nearest to it first.
    pub async fn videos_since(&self, sent_at: Timestamp) -> Result<Vec<Seen>, PlatformError> {
        let fields = "id,description,created_time,permalink_url,status";
        self.recent("videos", fields, sent_at).await
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

    /// A post's message or a video's description.
    pub fn text(&self) -> &str {
        self.message
            .as_deref()
            .or(self.description.as_deref())
            .unwrap_or_default()
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

/// Large bodies have a host of their own.
fn video_host() -> Url {
    Url::parse("https://graph-video.facebook.com").expect("a constant address")
}

/// How long an upload may take before it is given up.
pub fn upload_within(media: &OutgoingMedia) -> Duration {
    Duration::from_secs(60 + media.facts.bytes / SLOWEST_BYTES_PER_SECOND)
}

/// The file as a part of a form, read from disk as it is sent.
async fn file_part(media: &OutgoingMedia) -> Result<Part, PlatformError> {
    let missing = |error: &dyn std::fmt::Display| {
        PlatformError::new(
            Advice::FixContent {
                field: "media".into(),
            },
            ErrorCode::MediaMissing,
            format!(
                "The file {} is gone from this installation. Upload it again.",
                media.file_name
            ),
            format!("media {} cannot be read: {error}", media.facts.id),
        )
    };
    let file = File::open(&media.path)
        .await
        .map_err(|error| missing(&error))?;
    let length = file
        .metadata()
        .await
        .map_err(|error| missing(&error))?
        .len();
    let part = Part::stream_with_length(file, length).file_name(media.file_name.clone());
    part.mime_str(&media.facts.mime)
        .map_err(|error| missing(&error))
}
