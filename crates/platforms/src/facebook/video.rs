//! Sending a video: in pieces that nobody sees, then one call that shows it.
//!
//! Facebook names the video before the first piece, so what became of the last call can always be asked.

use fanfare_platform_kit::PlatformError;
use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::roles::OutgoingMedia;
use fanfare_platform_kit::settings::join;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method, RequestBuilder};
use serde::{Deserialize, Serialize};
use url::Url;

use super::NAME;
use super::api::{POST_WITHIN, PageCalls, Seen, upload_within};

/// A video on its way. The next piece is from `start` to `end`, as Facebook wishes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    session: String,
    pub video: String,
    pub start: u64,
    end: u64,
    size: u64,
}

impl Upload {
    pub fn is_whole(&self) -> bool {
        self.start >= self.size
    }
}

impl PageCalls<'_> {
    pub async fn start_video(&self, video: &OutgoingMedia) -> Result<Upload, PlatformError> {
        #[derive(Deserialize)]
        struct Started {
            upload_session_id: String,
            video_id: String,
            #[serde(flatten)]
            next: Range,
        }
        let size = video.length().await?;
        let form = [
            ("upload_phase", "start".to_owned()),
            ("file_size", size.to_string()),
        ];
        let request = self.videos().timeout(POST_WITHIN).form(&form);
        let started: Started = self.graph.send(Effect::Repeatable, request).await?;
        let (session, video) = (started.upload_session_id, started.video_id);
        let (start, end) = started.next.read()?;
        Ok(Upload {
            session,
            video,
            start,
            end,
            size,
        })
    }

    /// Sends the next piece, read as it is sent.
    pub async fn send_piece(
        &self,
        video: &OutgoingMedia,
        upload: &Upload,
    ) -> Result<Upload, PlatformError> {
        let end = upload.end.min(upload.size);
        let length = end.saturating_sub(upload.start);
        let piece = Body::wrap_stream(video.read(upload.start..upload.start + length).await?);
        let form = Form::new()
            .text("upload_phase", "transfer")
            .text("upload_session_id", upload.session.clone())
            .text("start_offset", upload.start.to_string())
            .part(
                "video_file_chunk",
                Part::stream_with_length(piece, length).file_name(video.file_name.clone()),
            );
        let request = self.videos().timeout(upload_within(length)).multipart(form);
        let next: Range = self.graph.send(Effect::Repeatable, request).await?;
        let (start, end) = next.read()?;
        Ok(Upload {
            start,
            end,
            ..upload.clone()
        })
    }

    /// Shows the video to the world.
    pub async fn finish_video(
        &self,
        upload: &Upload,
        description: &str,
    ) -> Result<(), PlatformError> {
        let form = [
            ("upload_phase", "finish"),
            ("upload_session_id", upload.session.as_str()),
            ("description", description),
        ];
        let request = self.videos().timeout(POST_WITHIN).form(&form);
        let done: Done = self.graph.send(Effect::Once, request).await?;
        if done.success {
            return Ok(());
        }
        Err(PlatformError::outcome_unknown(
            NAME,
            "a video was finished without success",
        ))
    }

    pub async fn read_video(&self, id: &str) -> Result<Seen, PlatformError> {
        let fields = "id,status,published,permalink_url,created_time";
        self.graph.read(id, fields, &self.token).await
    }

    /// Large bodies have a host of their own.
    fn videos(&self) -> RequestBuilder {
        let (settings, path) = (self.graph.settings, format!("{}/videos", self.id));
        if settings.api_url_is_custom {
            return self.graph.call(Method::POST, &path, &self.token);
        }
        let host = Url::parse("https://graph-video.facebook.com").expect("a constant address");
        let version = settings.api_version.as_deref().unwrap_or_default();
        let url = join(&host, &format!("{version}/{path}"));
        self.graph
            .sign(self.graph.ctx.http.request(Method::POST, url), &self.token)
    }
}

#[derive(Deserialize)]
struct Done {
    success: bool,
}

/// Offsets come as text.
#[derive(Deserialize)]
struct Range {
    start_offset: String,
    end_offset: String,
}

impl Range {
    fn read(&self) -> Result<(u64, u64), PlatformError> {
        let (start, end) = (self.start_offset.parse(), self.end_offset.parse());
        start
            .and_then(|start| Ok((start, end?)))
            .map_err(|_| PlatformError::not_understood(NAME, "an upload's offsets are not numbers"))
    }
}
