//! Makes a draft of the same content.

use fanfare_domain::PostId;

use super::create::create_post;
use super::detail::{PostDetail, load};
use super::input::{MediaInput, PostInput, ScheduleInput, VariantInput};
use crate::{App, AppError, Caller, Result};

/// A new draft with the post's text, media, channels and variants. Channels that are gone are left out.
pub async fn duplicate_post(app: &App, caller: &Caller, id: PostId) -> Result<PostDetail> {
    let original = {
        let mut tx = app.store.in_workspace(caller.workspace).read().await?;
        load(&mut tx, id)
            .await
            .map_err(AppError::or_missing("post"))?
    };
    create_post(app, caller, &copy_of(&original)).await
}

/// The post's content, without its time and without coming round again.
pub(super) fn copy_of(original: &PostDetail) -> PostInput {
    let mut copy = PostInput {
        text: original.post.text.clone(),
        schedule: Some(ScheduleInput::Draft {
            time_zone: Some(original.post.schedule.time_zone.clone()),
        }),
        ..PostInput::default()
    };
    copy.media = original
        .media
        .iter()
        .map(|item| MediaInput {
            id: item.media.id,
            alt: Some(item.alt.clone()),
        })
        .collect();
    for delivery in &original.deliveries {
        let present = original
            .channels
            .get(&delivery.channel_id)
            .is_some_and(|channel| channel.removed_at.is_none());
        if present {
            copy.channels.push(delivery.channel_id);
            let options = delivery.options.as_object().cloned().unwrap_or_default();
            let variant = VariantInput {
                text: delivery.variant_text.clone(),
                options,
            };
            copy.variants.insert(delivery.channel_id, variant);
        }
    }
    copy
}
