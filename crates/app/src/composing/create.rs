//! Creates a post: its deliveries, their jobs and the audit event are one decision in one transaction.

use fanfare_domain::post::PostState;
use fanfare_domain::schedule::ScheduleKind;
use fanfare_domain::{Action, PostId};
use fanfare_store::posts::Post;
use serde_json::json;

use super::check::{findings, look_up, refuse_errors, require_channels};
use super::defaults::filled;
use super::detail::{PostDetail, load};
use super::input::{PostInput, ScheduleInput};
use super::record;
use super::schedule::plan_of;
use super::validate::warnings;
use super::versions::{self, Hand};
use crate::idempotency::note_made;
use crate::publishing::{self, audit_post};
use crate::scheduling::{due_times, keep_up};
use crate::{App, AppError, Caller, Result};

/// Stores the post and, unless it is a draft, decides that it goes out.
///
/// # Errors
/// `forbidden` when the caller may only write drafts. Bad input names each field; content that a channel would refuse is refused here, unless the post is a draft.
pub async fn create_post(app: &App, caller: &Caller, input: &PostInput) -> Result<PostDetail> {
    let now = app.now();
    let draft = ScheduleInput::Draft { time_zone: None };
    let plan =
        plan_of(input.schedule.as_ref().unwrap_or(&draft), now).map_err(AppError::invalid)?;
    let goes_out = plan.schedule.kind != ScheduleKind::Draft;
    if goes_out {
        caller.require(Action::PostsPublish)?;
        require_channels(input)?;
    }
    let mut post = Post {
        id: PostId::new(now),
        author_id: Some(caller.user),
        author_name: caller.name.clone(),
        state: PostState::Draft,
        text: input.text.clone(),
        schedule: plan.schedule,
        paused_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    };

    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let named = look_up(&mut tx, input).await?;
    // A draft stays open to what its connections will have settled by the time it goes out.
    let settled = if goes_out {
        filled(app, &mut tx, input, &named.channels).await?
    } else {
        input.clone()
    };
    if goes_out {
        refuse_errors(&findings(app, &settled, &named)?)?;
    }
    let due = due_times(&mut tx, &mut post, None, &named.channels, &[], now).await?;
    record::insert_post(&mut tx, &post, &input.media).await?;
    record::deliveries_of(
        app,
        &mut tx,
        &post,
        &settled,
        &named.channels,
        Vec::new(),
        &due,
    )
    .await?;
    let action = if goes_out {
        "post.scheduled"
    } else {
        "post.drafted"
    };
    let detail = json!({ "at": post.schedule.at, "channels": named.channels.len() });
    audit_post(&mut tx, now, caller.actor(), action, post.id, detail).await?;
    keep_up(
        &mut tx,
        caller.actor(),
        &post,
        plan.repetition.as_ref(),
        now,
    )
    .await?;
    note_made(&mut tx, caller, "post", &post.id.to_string()).await?;
    let mut detail = load(&mut tx, post.id).await?;
    let says = versions::content(
        &post.text,
        &record::post_media(&input.media),
        &detail.deliveries,
    );
    let hand = Hand {
        caller,
        now,
        restored_from: None,
        keeps_present: false,
    };
    versions::keep(&mut tx, &post, None, &says, hand).await?;
    let zone = &post.schedule.time_zone;
    detail.warnings = warnings(app, &mut tx, input, &named, &due, post.id, zone).await?;
    tx.commit().await?;

    publishing::ring_if_due(app, post.schedule.at);
    Ok(detail)
}
