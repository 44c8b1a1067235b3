//! Makes the next post of a series from the newest one.
//!
//! Of each series there is one post to come. When its time comes, whatever becomes of it, a job makes the next; cancelling or deleting it
//! makes the next at once. All of it is one transaction each, and a number that the database lets be used once for each series.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{PostId, SeriesId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::audit::Actor;
use fanfare_store::posts::Post;
use fanfare_store::series::{self, Place};
use fanfare_store::{StoreError, WorkspaceTx, posts};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::DueTimes;
use super::rule::Rounds;
use super::series::{come_round, end};
use crate::composing::{self, NextPost};
use crate::publishing::audit_post;
use crate::{App, Result};

/// The kind of the job that makes the next post.
pub(super) const REPEAT: &str = "repeat";

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RepeatIds {
    pub series: SeriesId,
}

/// The key under which a series' one job is known. The watchdog's statement spells this out too.
pub(super) fn repeat_key(id: SeriesId) -> String {
    format!("{REPEAT}:{id}")
}

/// Makes the posts of series as their time comes.
pub(crate) struct RepeatPosts {
    app: Arc<App>,
}

impl RepeatPosts {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for RepeatPosts {
    fn kind(&self) -> &'static str {
        REPEAT
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let workspace = job.workspace.context("a series belongs to a workspace")?;
        let RepeatIds { series } = job.ids()?;
        let now = self.app.now();
        let mut tx = self.app.store.in_workspace(workspace).write().await?;
        match due_place(&mut tx, series, now).await? {
            Due::Over => job.finish_in(&mut tx).await?,
            Due::At(at) => job.give_back_in(&mut tx, at).await?,
            Due::Now(place) => match make_next(&self.app, &mut tx, &place, now).await? {
                Some(at) => job.give_back_in(&mut tx, at).await?,
                None => job.finish_in(&mut tx).await?,
            },
        }
        tx.commit().await?;
        Ok(Outcome::Settled)
    }
}

/// Whether the next post is to be made.
enum Due {
    Now(Box<Place>),
    At(Timestamp),
    Over,
}

/// Looks behind the lock of the newest post: whoever held it may have made the next, or moved this one.
async fn due_place(tx: &mut WorkspaceTx, series: SeriesId, now: Timestamp) -> anyhow::Result<Due> {
    let Some(latest) = series::latest_post(tx, series).await? else {
        return Ok(Due::Over);
    };
    match posts::lock(tx, latest).await {
        Ok(()) => {}
        // Deleted while we waited; another is the newest now.
        Err(StoreError::NotFound) => return Ok(Due::At(now)),
        Err(error) => return Err(error.into()),
    }
    let Some(place) = series::place_of(tx, latest).await? else {
        return Ok(Due::At(now));
    };
    if place.series.ended_at.is_some() {
        return Ok(Due::Over);
    }
    if !place.is_upcoming() {
        return Ok(Due::At(now));
    }
    let post = posts::get(tx, latest).await?;
    match post.schedule.at {
        Some(at) if at > now && post.state != PostState::Cancelled => Ok(Due::At(at)),
        _ => Ok(Due::Now(Box::new(place))),
    }
}

/// A person cancelled what was to come of this post: when nothing of it is left, the next takes its place now. The post is locked.
pub(crate) async fn go_on_after_cancelling(
    app: &App,
    tx: &mut WorkspaceTx,
    post: PostId,
) -> Result<()> {
    let Some(place) = upcoming(tx, post).await? else {
        return Ok(());
    };
    if posts::get(tx, post).await?.state == PostState::Cancelled {
        make_next(app, tx, &place, app.now()).await?;
    }
    Ok(())
}

/// As [`go_on_after_cancelling`], for whatever posts a larger change cancelled.
pub(crate) async fn go_on_where_cancelled(app: &App, tx: &mut WorkspaceTx) -> Result<()> {
    for post in series::cancelled(tx).await? {
        go_on_after_cancelling(app, tx, post).await?;
    }
    Ok(())
}

/// The post is about to be deleted: the next is made of it first. The post is locked.
pub(crate) async fn go_on_without(app: &App, tx: &mut WorkspaceTx, post: PostId) -> Result<()> {
    if let Some(place) = upcoming(tx, post).await? {
        make_next(app, tx, &place, app.now()).await?;
    }
    Ok(())
}

async fn upcoming(tx: &mut WorkspaceTx, post: PostId) -> Result<Option<Place>> {
    Ok(series::place_of(tx, post).await?.filter(Place::is_upcoming))
}

/// Makes the post that follows `place`, the newest, and answers when it is due; nothing when the rule has ended. Times that passed while
/// nothing ran are left out, not made up for.
async fn make_next(
    app: &App,
    tx: &mut WorkspaceTx,
    place: &Place,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let mut series = place.series.clone();
    let rounds = Rounds::new(&place.series.rule, series.starts, &series.time_zone);
    let Some(at) = rounds.next_after(place.planned_at.max(now)) else {
        end(tx, Actor::fanfare(), place, "finished", now).await?;
        return Ok(None);
    };
    let next = composing::next_from(app, tx, place.post_id).await?;
    let goes_on = !next.channels.is_empty();
    let schedule = Schedule {
        kind: if goes_on {
            ScheduleKind::At
        } else {
            ScheduleKind::Draft
        },
        at: goes_on.then_some(at),
        time_zone: series.time_zone.clone(),
    };
    let post = write(app, tx, &next, schedule, now).await?;
    series::add_post(tx, series.id, post, place.number + 1, at).await?;
    series.problem.clone_from(&next.problem);
    if series != place.series {
        series::update(tx, &series, now).await?;
    }
    let action = if goes_on {
        "post.scheduled"
    } else {
        "post.drafted"
    };
    let detail = json!({
        "at": goes_on.then_some(at), "channels": next.channels.len(), "series": series.id, "left_out": next.left_out,
    });
    audit_post(tx, now, Actor::fanfare(), action, post, detail).await?;
    if goes_on {
        come_round(tx, series.id, at, now).await?;
        return Ok(Some(at));
    }
    let place = Place {
        series,
        post_id: post,
        number: place.number + 1,
        planned_at: at,
        latest_post_id: post,
    };
    end(tx, Actor::fanfare(), &place, "no_channels", now).await?;
    Ok(None)
}

async fn write(
    app: &App,
    tx: &mut WorkspaceTx,
    next: &NextPost,
    schedule: Schedule,
    now: Timestamp,
) -> Result<PostId> {
    let post = Post {
        id: PostId::new(now),
        author_id: next.author_id,
        author_name: String::new(),
        state: PostState::Draft,
        text: next.input.text.clone(),
        schedule,
        paused_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    let due = DueTimes::all_at(post.schedule.at);
    composing::write_post(app, tx, &post, next, &due).await?;
    Ok(post.id)
}
