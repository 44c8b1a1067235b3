//! Typed identifiers, so that a channel's id can never be passed where a post's is meant.
//!
//! Each is a UUID version 7: unique without asking anyone, and sorted by when it was made, within one process even among those of
//! one millisecond, which keeps database indexes compact and lets lists page by id.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id that sorts by `now`, and after all that this process made in the same millisecond.
            #[must_use]
            pub fn new(now: Timestamp) -> Self {
                Self(uuid_at(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId)
            }
        }
    )+};
}

id! {
    /// A tenant: everything but users belongs to exactly one.
    WorkspaceId,
    /// A person with an account on this installation.
    UserId,
    /// One invitation to a workspace.
    InvitationId,
    /// One signed-in browser or device.
    SessionId,
    /// One passkey of a person.
    PasskeyId,
    /// An archive of a workspace.
    ExportId,
    /// One message by e-mail.
    MailMessageId,
    /// What a program calls the API with.
    ApiKeyId,
    /// One call that was made with an API key.
    ApiKeyCallId,
    /// One grant (OAuth or pasted) on a platform.
    ConnectionId,
    /// One thing a connection lets us publish to.
    ChannelId,
    /// One stored picture or video.
    MediaId,
    /// A folder of the library.
    MediaFolderId,
    /// What is composed once.
    PostId,
    /// Posts that come of one rule.
    SeriesId,
    /// One post going to one channel.
    DeliveryId,
    /// One durable unit of background work.
    JobId,
    /// One line of the audit log.
    AuditEventId,
    /// Channels that are chosen together.
    ChannelGroupId,
    /// One look at a connection's health.
    ConnectionCheckId,
    /// Content kept to begin posts with.
    ContentTemplateId,
    /// Hashtags kept to be used together.
    HashtagGroupId,
    /// One filter of a list that a person keeps.
    SavedFilterId,
    /// One thing that a person was told.
    NotificationId,
    /// One request by which a platform told us something.
    WebhookReceiptId,
    /// One thing that a platform told us.
    WebhookEventId,
    /// One thing that somebody did with what we published.
    EngagementId,
    /// One message to an account of ours.
    InboundMessageId,
    /// One thing that a platform decided about an account.
    AccountNoticeId,
    /// One reading of what was missed.
    CatchUpId,
    /// A program outside that wants to know what happens.
    WebhookEndpointId,
    /// One thing that programs outside are told.
    WebhookMessageId,
    /// One attempt to tell it to one of them.
    WebhookAttemptId,
}

/// The text is not the id of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid id")]
pub struct InvalidId;

/// Text that sorts before every id made at that time or later, and after all that were made before.
#[must_use]
pub fn ids_from(at: Timestamp) -> String {
    let millis = format!("{:012x}", millis(at));
    let (high, low) = millis.split_at(8);
    format!("{high}-{low}")
}

fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or(0)
}

fn uuid_at(now: Timestamp) -> Uuid {
    let millis = millis(now);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut rest = [0; 10];
    rest[..2].copy_from_slice(
        &u16::try_from(count >> 30 & 0x0fff)
            .expect("12 bits")
            .to_be_bytes(),
    );
    rest[2..6].copy_from_slice(
        &u32::try_from(count & 0x3fff_ffff)
            .expect("30 bits")
            .to_be_bytes(),
    );
    rest[6..].copy_from_slice(&random());
    Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}

/// Counts this process's ids in the 42 bits after the time, so that what is made in one millisecond is read back in its order. It
/// begins anywhere in the lower half: another process counts elsewhere, and no process lives to see the end.
static COUNT: LazyLock<AtomicU64> =
    LazyLock::new(|| AtomicU64::new(u64::from(u32::from_be_bytes(random())) << 9));

fn random() -> [u8; 4] {
    let mut random = [0; 4];
    getrandom::fill(&mut random).expect("the operating system gives randomness");
    random
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let earlier = PostId::new(Timestamp::from_millisecond(1_000).unwrap());
        let later = PostId::new(Timestamp::from_millisecond(1_001).unwrap());
        assert!(earlier.to_string() < later.to_string());
    }

    #[test]
    fn ids_of_one_instant_sort_in_the_order_they_were_made() {
        let now = Timestamp::from_millisecond(1_000).unwrap();
        let ids: Vec<PostId> = (0..1_000).map(|_| PostId::new(now)).collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn ids_are_found_by_their_time() {
        let at = |millis| Timestamp::from_millisecond(millis).unwrap();
        let now = 1_800_000_000_000;
        let id = PostId::new(at(now)).to_string();
        assert!(ids_from(at(now)) < id && id < ids_from(at(now + 1)));
        assert!(ids_from(at(-1)) < id);
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        assert_eq!("nonsense".parse::<PostId>(), Err(InvalidId));
    }
}
