//! Which posts a list shows, as the address says it.

use std::str::FromStr;

use fanfare_app::AppError;
use fanfare_app::composing::{Order, PostFilter};
use fanfare_domain::ErrorCode;
use fanfare_domain::post::PostState;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::instant::instant;
use crate::problem::Answer;

/// Which posts are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PostQuery {
    /// One or several states, separated by commas.
    state: Option<String>,
    /// Only posts that go to this channel, or to one of several, separated by commas.
    channel_id: Option<String>,
    /// Only posts that go to this platform, or to one of several, separated by commas.
    platform: Option<String>,
    /// Only posts that this person composed.
    author_id: Option<String>,
    /// Only posts that went out or are due at this time or later.
    #[serde(default, deserialize_with = "instant")]
    from: Option<Timestamp>,
    /// Only posts that went out or are due before this time.
    #[serde(default, deserialize_with = "instant")]
    to: Option<Timestamp>,
    /// Words, each of which is somewhere in the post's text or in that of a channel.
    q: Option<String>,
    /// What comes first; `newest` when absent.
    #[param(inline)]
    order: Option<PostOrder>,
    /// `next_cursor` of the page before, in the same order.
    pub cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// `newest` composed first, `due` or published first, or last (`due_desc`).
#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum PostOrder {
    Newest,
    Due,
    DueDesc,
}

impl PostQuery {
    pub(super) fn order(&self) -> Order {
        match self.order {
            None | Some(PostOrder::Newest) => Order::Newest,
            Some(PostOrder::Due) => Order::Due,
            Some(PostOrder::DueDesc) => Order::DueDesc,
        }
    }

    pub(super) fn filter(&self) -> Answer<PostFilter> {
        let mut states = Vec::new();
        for word in words(self.state.as_deref()) {
            let state = PostState::parse(word).ok_or_else(|| {
                let detail = format!("“{word}” is not a state of posts.");
                AppError::invalid_field("state", ErrorCode::NotAllowed, detail)
            })?;
            states.push(state);
        }
        let channel = "There is no such channel in this workspace.";
        let author = "There is no such person in this workspace.";
        Ok(PostFilter {
            states,
            channels: ids(
                "channel_id",
                self.channel_id.as_deref(),
                ErrorCode::UnknownChannel,
                channel,
            )?,
            platforms: words(self.platform.as_deref()).map(str::to_owned).collect(),
            author: ids(
                "author_id",
                self.author_id.as_deref(),
                ErrorCode::NotAllowed,
                author,
            )?
            .pop(),
            from: self.from,
            to: self.to,
            search: self.q.clone().unwrap_or_default(),
        })
    }
}

fn words(list: Option<&str>) -> impl Iterator<Item = &str> {
    let words = list.into_iter().flat_map(|list| list.split(','));
    words.map(str::trim).filter(|word| !word.is_empty())
}

fn ids<T: FromStr>(
    field: &str,
    list: Option<&str>,
    code: ErrorCode,
    detail: &str,
) -> Answer<Vec<T>> {
    let mut ids = Vec::new();
    for word in words(list) {
        let id = word
            .parse()
            .map_err(|_| AppError::invalid_field(field, code, detail))?;
        ids.push(id);
    }
    Ok(ids)
}
