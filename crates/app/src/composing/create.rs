//! Creates a post: its deliveries, their jobs and the audit event are one decision in one transaction.

use fanfare_domain::PostId;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::ScheduleKind;
use fanfare_store::posts::Post;
use serde_json::json;

use super::check::{findings, look_up, refuse_errors, require_channels, schedule_of};
use super::detail::{PostDetail, load};
use super::input::{PostInput, ScheduleInput};
use super::record;
use super::versions::{self, Hand};
use crate::idempotency::note_made;
use crate::publishing::{self, audit_post};
use crate::{App, Caller, Result};

/// Stores the post and, unless it is a draft, decides that it goes out.
///
/// # Errors
/// Bad input names each field; content that a channel would refuse is refused here, unless the post is a draft.
pub async fn create_post(app: &App, caller: &Caller, input: &PostInput) -> Result<PostDetail> {
    let now = app.now();
    let draft = ScheduleInput::Draft { time_zone: None };
    let schedule = schedule_of(input.schedule.as_ref().unwrap_or(&draft), now)?;
    let goes_out = schedule.kind != ScheduleKind::Draft;
    if goes_out {
        require_channels(input)?;
    }
    let post = Post {
        id: PostId::new(now),
        author_id: Some(caller.user),
        author_name: caller.name.clone(),
        state: PostState::Draft,
        text: input.text.clone(),
        schedule,
        revision: 1,
        created_at: now,
        updated_at: now,
    };

    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let named = look_up(&mut tx, input).await?;
    if goes_out {
        refuse_errors(&findings(app, input, &named)?)?;
    }
    record::insert_post(&mut tx, &post, &input.media).await?;
    record::deliveries_of(app, &mut tx, &post, input, &named.channels, Vec::new()).await?;
    let action = if goes_out {
        "post.scheduled"
    } else {
        "post.drafted"
    };
    let detail = json!({ "at": post.schedule.at, "channels": named.channels.len() });
    audit_post(&mut tx, now, caller.actor(), action, post.id, detail).await?;
    note_made(&mut tx, caller, "post", &post.id.to_string()).await?;
    let detail = load(&mut tx, post.id).await?;
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
    tx.commit().await?;

    publishing::ring_if_due(app, post.schedule.at);
    Ok(detail)
}
