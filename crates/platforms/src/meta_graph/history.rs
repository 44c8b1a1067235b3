//! What happened on a Page or account lately: its posts, and what people wrote below them.
//!
//! One field that we may not have fails a whole call, so lists are asked for with fewer fields until one is answered.

use fanfare_domain::webhook::{EngagementKind, RemoteChange};
use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::roles::{EngagementFact, HistoryPart, InboundFact, PostFact, Span};
use fanfare_platform_kit::{Advice, PlatformError};
use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;

use super::call::{Graph, Page, Token};
use super::moment;

/// Posts in one answer. Each brings its comments along, so it is not the most that Meta gives.
const POSTS: &str = "25";
/// Comments of one post in one answer.
const COMMENTS: &str = "50";
/// A post with more answers' worth of new comments than this is not read to its end.
const ANSWERS_OF_ONE_POST: usize = 10;

/// Where a Page's or account's posts are listed, and in whose words.
pub struct Timeline<'a> {
    pub graph: Graph<'a>,
    pub token: &'a Token,
    /// The Page or account.
    pub node: &'a str,
    /// Its list of posts.
    pub edge: &'static str,
    pub post_fields: &'static str,
    /// What to ask for of comments, the most wanted first.
    pub comment_fields: &'static [&'static str],
    /// How comments are to be ordered and chosen, below a list of posts and in a list of their own.
    pub nested: &'static str,
    pub listed: &'static [(&'static str, &'static str)],
    /// What else a post can be known by, from its id and its address.
    pub other_ids: fn(&str, Option<&str>) -> Vec<String>,
}

#[derive(Deserialize)]
struct Post {
    id: String,
    #[serde(alias = "timestamp")]
    created_time: Option<String>,
    #[serde(alias = "permalink")]
    permalink_url: Option<String>,
    comments: Option<Page<Comment>>,
}

#[derive(Deserialize)]
struct Comment {
    id: String,
    #[serde(alias = "text")]
    message: Option<String>,
    #[serde(alias = "timestamp")]
    created_time: Option<String>,
    from: Option<Person>,
    username: Option<String>,
    parent: Option<Parent>,
    parent_id: Option<String>,
    replies: Option<Page<Comment>>,
}

#[derive(Deserialize)]
struct Person {
    id: Option<String>,
    #[serde(alias = "username")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Parent {
    id: Option<String>,
}

impl Timeline<'_> {
    /// One answer's worth of posts with the comments of the span.
    pub async fn part(
        &self,
        span: Span,
        after: Option<&str>,
    ) -> Result<HistoryPart, PlatformError> {
        let (mut level, cursor) = place(after);
        let list = loop {
            match self.posts(level, span, cursor).await {
                Ok(list) => break list,
                Err(error) if is_about_fields(&error) && level + 1 < self.comment_fields.len() => {
                    tracing::debug!(log = error.log, "the list is asked for with fewer fields");
                    level += 1;
                }
                Err(error) => return Err(error),
            }
        };
        let next = list.after().map(|cursor| format!("{level}:{cursor}"));
        let mut part = HistoryPart {
            next,
            ..HistoryPart::default()
        };
        for post in list.data {
            let Some(at) = instant(post.created_time.as_deref()) else {
                continue;
            };
            if at < span.posts_from {
                // The newest come first, so there is nothing more.
                part.next = None;
                continue;
            }
            part.posts += 1;
            self.read_post(post, at, level, span, &mut part).await?;
        }
        Ok(part)
    }

    async fn posts(
        &self,
        level: usize,
        span: Span,
        cursor: Option<&str>,
    ) -> Result<Page<Post>, PlatformError> {
        let fields = format!(
            "{},comments.limit({COMMENTS}){}{{{}}}",
            self.post_fields, self.nested, self.comment_fields[level]
        );
        let since = span.posts_from.as_second().to_string();
        let path = format!("{}/{}", self.node, self.edge);
        let request = self.graph.call(Method::GET, &path, self.token).query(&[
            ("fields", fields.as_str()),
            ("since", since.as_str()),
            ("limit", POSTS),
        ]);
        let request = match cursor {
            Some(cursor) => request.query(&[("after", cursor)]),
            None => request,
        };
        self.graph.send(Effect::Repeatable, request).await
    }

    async fn read_post(
        &self,
        post: Post,
        at: Timestamp,
        level: usize,
        span: Span,
        part: &mut HistoryPart,
    ) -> Result<(), PlatformError> {
        let other_ids = (self.other_ids)(&post.id, post.permalink_url.as_deref());
        part.facts.push(InboundFact::Post(PostFact {
            remote_id: post.id.clone(),
            other_ids: other_ids.clone(),
            change: RemoteChange::Added,
            permalink: post.permalink_url,
            at,
        }));
        let mut list = post.comments;
        for _ in 0..ANSWERS_OF_ONE_POST {
            let Some(page) = list.take() else {
                return Ok(());
            };
            let after = page.after();
            let oldest = page.data.iter().filter_map(Comment::at).min();
            for comment in page.data {
                note(comment, (&post.id, &other_ids), None, span.from, part);
            }
            // The newest come first.
            let Some(after) = after.filter(|_| oldest.is_none_or(|at| at >= span.from)) else {
                return Ok(());
            };
            list = Some(self.comments(&post.id, level, &after).await?);
        }
        part.is_cut = true;
        Ok(())
    }

    async fn comments(
        &self,
        post: &str,
        level: usize,
        after: &str,
    ) -> Result<Page<Comment>, PlatformError> {
        let path = format!("{post}/comments");
        let request = self
            .graph
            .call(Method::GET, &path, self.token)
            .query(&[
                ("fields", self.comment_fields[level]),
                ("limit", COMMENTS),
                ("after", after),
            ])
            .query(self.listed);
        self.graph.send(Effect::Repeatable, request).await
    }
}

/// Keeps a comment and its replies, as far as they are of the time.
fn note(
    comment: Comment,
    post: (&str, &[String]),
    below: Option<&str>,
    from: Timestamp,
    part: &mut HistoryPart,
) {
    let at = comment.at();
    let Comment {
        id,
        message,
        from: person,
        username,
        parent,
        parent_id,
        replies,
        ..
    } = comment;
    for reply in replies.into_iter().flat_map(|page| page.data) {
        note(reply, post, Some(&id), from, part);
    }
    let Some(at) = at.filter(|at| *at >= from) else {
        return;
    };
    let (actor_id, name) = person.map_or((None, None), |person| (person.id, person.name));
    let above = parent.and_then(|parent| parent.id).or(parent_id);
    part.facts.push(InboundFact::Engagement(EngagementFact {
        kind: EngagementKind::Comment,
        change: RemoteChange::Added,
        remote_id: id,
        post_remote_id: Some(post.0.to_owned()),
        post_other_ids: post.1.to_owned(),
        parent_remote_id: above.or_else(|| below.map(str::to_owned)),
        actor_id,
        actor_name: name.or(username),
        text: message,
        at,
    }));
}

impl Comment {
    fn at(&self) -> Option<Timestamp> {
        instant(self.created_time.as_deref())
    }
}

fn instant(text: Option<&str>) -> Option<Timestamp> {
    text.and_then(moment)
}

/// With how few fields the list goes on, and where.
fn place(after: Option<&str>) -> (usize, Option<&str>) {
    let Some((level, cursor)) = after.and_then(|after| after.split_once(':')) else {
        return (0, None);
    };
    (level.parse().unwrap_or(0), Some(cursor))
}

/// The call may be answered with other fields.
fn is_about_fields(error: &PlatformError) -> bool {
    matches!(error.advice, Advice::Permanent | Advice::NeedsPermission)
}
