//! From what happens to what people are told: who, of what, and by which ways.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::webhook::{EngagementKind, MessageStep, RemoteChange};
use fanfare_domain::{
    ChannelId, NotificationChannel, NotificationKind, PostId, UserId, WorkspaceId,
};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::engagement::Engagement;
use fanfare_store::inbound_messages::InboundMessage;
use fanfare_store::notifications::{self, Notice, Reader};
use fanfare_store::posts::{self, Post};
use fanfare_store::{Result, SystemTx, WorkspaceTx, channels, notification_preferences};
use jiff::Timestamp;

use super::mail;
use crate::news::{ChangedThere, News};

/// So much of a post names it.
const TITLE: usize = 80;

/// Tells the people whom it concerns, in the caller's transaction.
pub(crate) async fn hear(tx: &mut WorkspaceTx, news: News<'_>, now: Timestamp) -> Result<()> {
    match news {
        News::Post(post, PostState::Published) => {
            let post = posts::get(tx, post).await?;
            tell_of_post(tx, NotificationKind::PostPublished, &post, None, None, now).await
        }
        News::Delivery(delivery) => hear_of_delivery(tx, delivery, now).await,
        News::ChangedThere(delivery, change, _) => {
            let what = match change {
                ChangedThere::Edited => "edited",
                ChangedThere::Removed => "removed",
            };
            let kind = NotificationKind::PostChangedThere;
            tell_of_part(tx, kind, delivery, Some(what), now).await
        }
        News::Engagement(engagement) => hear_of_engagement(tx, engagement, now).await,
        News::Message(message, MessageStep::Written) => hear_of_message(tx, message, now).await,
        // Connections are told of by whoever writes about them, once for each time that one needs somebody.
        // Echoes, and what became of what was written, concern nobody.
        News::Post(..) | News::PostDeleted(_) | News::Message(..) | News::Connection(..) => Ok(()),
    }
}

async fn hear_of_delivery(tx: &mut WorkspaceTx, delivery: &Delivery, now: Timestamp) -> Result<()> {
    let kind = match delivery.state {
        DeliveryState::Failed => NotificationKind::PostFailed,
        DeliveryState::NeedsAttention => NotificationKind::DeliveryNeedsAttention,
        DeliveryState::Missed => NotificationKind::DeliveryMissed,
        _ => return Ok(()),
    };
    tell_of_part(tx, kind, delivery, None, now).await
}

/// Of what became of a post in one place.
async fn tell_of_part(
    tx: &mut WorkspaceTx,
    kind: NotificationKind,
    delivery: &Delivery,
    what: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let post = posts::get(tx, delivery.post_id).await?;
    let place = Some(place(tx, delivery.channel_id).await?);
    tell_of_post(tx, kind, &post, what, place, now).await
}

async fn tell_of_post(
    tx: &mut WorkspaceTx,
    kind: NotificationKind,
    post: &Post,
    what: Option<&str>,
    place: Option<(String, String)>,
    now: Timestamp,
) -> Result<()> {
    let title = title(&post.text);
    let (platform, account) = place.unzip();
    let notice = Notice {
        kind,
        subject: post.id.to_string(),
        post: Some(post.id),
        title: &title,
        what,
        platform: platform.as_deref(),
        account: account.as_deref(),
    };
    tell_readers(tx, post.author_id, &notice, now).await
}

/// Comments and mentions; reactions and shares are counted and not told of. Who wrote what is not kept here: it may have to be forgotten.
async fn hear_of_engagement(
    tx: &mut WorkspaceTx,
    engagement: &Engagement,
    now: Timestamp,
) -> Result<()> {
    let kind = match (engagement.kind, engagement.change) {
        (EngagementKind::Comment, RemoteChange::Added) => NotificationKind::CommentReceived,
        (EngagementKind::Mention, RemoteChange::Added) => NotificationKind::MentionReceived,
        _ => return Ok(()),
    };
    let place = place(tx, engagement.channel).await?;
    if let Some(post) = post_of(tx, engagement).await? {
        let post = posts::get(tx, post).await?;
        return tell_of_post(tx, kind, &post, None, Some(place), now).await;
    }
    let (platform, account) = place;
    let elsewhere = engagement.post_remote_id.as_deref().unwrap_or_default();
    let notice = Notice {
        kind,
        subject: format!("{}/{elsewhere}", engagement.channel),
        post: None,
        title: &account,
        what: None,
        platform: Some(&platform),
        account: Some(&account),
    };
    tell_readers(tx, None, &notice, now).await
}

async fn post_of(tx: &mut WorkspaceTx, engagement: &Engagement) -> Result<Option<PostId>> {
    Ok(match engagement.delivery {
        Some(delivery) => Some(deliveries::get(tx, delivery).await?.post_id),
        None => None,
    })
}

async fn hear_of_message(
    tx: &mut WorkspaceTx,
    message: &InboundMessage,
    now: Timestamp,
) -> Result<()> {
    let (platform, account) = place(tx, message.channel).await?;
    let notice = Notice {
        kind: NotificationKind::MessageReceived,
        subject: message.channel.to_string(),
        post: None,
        title: &account,
        what: None,
        platform: Some(&platform),
        account: Some(&account),
    };
    tell_readers(tx, None, &notice, now).await
}

/// Tells everybody who may act, and the author, of one thing.
async fn tell_readers(
    tx: &mut WorkspaceTx,
    author: Option<UserId>,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    for reader in notifications::readers(tx, notice.kind, author).await? {
        notifications::tell(tx, Some(workspace), reader, notice, reader.email, now).await?;
        if reader.email {
            mail::enqueue(tx, workspace, reader.user, now).await?;
        }
        tx.notified(reader.user);
    }
    Ok(())
}

/// Tells one person of something that another message is written about, and answers whether they want that message.
pub(crate) async fn tell_one(
    tx: &mut SystemTx,
    workspace: WorkspaceId,
    user: UserId,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<bool> {
    let reader = reader(tx, user, notice.kind).await?;
    if reader.in_app || reader.email {
        notifications::tell(tx, Some(workspace), reader, notice, false, now).await?;
        tx.notified(workspace, user);
    }
    Ok(reader.email)
}

/// Tells one person of something, as they want it.
pub(crate) async fn tell_person(
    tx: &mut SystemTx,
    workspace: WorkspaceId,
    user: UserId,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<()> {
    let reader = reader(tx, user, notice.kind).await?;
    if !reader.in_app && !reader.email {
        return Ok(());
    }
    notifications::tell(tx, Some(workspace), reader, notice, reader.email, now).await?;
    if reader.email {
        mail::enqueue(tx, workspace, user, now).await?;
    }
    tx.notified(workspace, user);
    Ok(())
}

/// By which ways somebody wants to be told of a kind.
async fn reader(tx: &mut SystemTx, user: UserId, kind: NotificationKind) -> Result<Reader> {
    let wants = async |tx: &mut SystemTx, channel| {
        notification_preferences::wants(tx, user, kind, channel).await
    };
    Ok(Reader {
        user,
        in_app: wants(tx, NotificationChannel::InApp).await?,
        email: wants(tx, NotificationChannel::Email).await?,
    })
}

/// The platform and the name of a channel.
async fn place(tx: &mut WorkspaceTx, channel: ChannelId) -> Result<(String, String)> {
    let channel = channels::get(tx, channel).await?;
    Ok((channel.platform, channel.name))
}

/// The first words of a text, in one line.
fn title(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(TITLE) {
        None => line,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_named_by_its_first_words_in_one_line() {
        assert_eq!(title("  Fresh\n\nbread "), "Fresh bread");
        assert_eq!(title(""), "");
        let long = title(&"ä".repeat(200));
        assert_eq!(long.chars().count(), TITLE + 1);
        assert!(long.ends_with('…'));
    }
}
