//! One post as a calendar shows it, and where it stands there.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{MediaId, PostId};
use fanfare_store::calendar::{CalendarDelivery, CalendarMedia, CalendarPost};
use jiff::Timestamp;

/// How many characters of the text an entry carries.
const TEXT: usize = 140;

/// A post and where it stands in time.
#[derive(Debug, Clone)]
pub struct CalendarEntry {
    pub post: CalendarPost,
    pub deliveries: Vec<CalendarDelivery>,
    /// When it went out, or is due.
    pub at: Timestamp,
    /// The beginning of its text, or of a channel's own where it has none.
    pub text: String,
    pub media_count: usize,
    /// The first file that has a small picture.
    pub thumbnail: Option<MediaId>,
    /// Whether giving it another time would change anything.
    pub can_move: bool,
}

impl CalendarEntry {
    /// `None` for what has no time at all.
    pub(super) fn of(
        post: CalendarPost,
        deliveries: Vec<CalendarDelivery>,
        media: &[CalendarMedia],
    ) -> Option<Self> {
        Some(Self {
            at: moment(&post, &deliveries)?,
            text: beginning(&post, &deliveries),
            media_count: media.len(),
            thumbnail: media
                .iter()
                .find(|item| item.has_thumbnail)
                .map(|item| item.media_id),
            can_move: can_move(&deliveries),
            post,
            deliveries,
        })
    }

    pub(super) fn id(&self) -> PostId {
        self.post.id
    }
}

/// While a channel still waits, the time that was chosen; afterwards the moment at which the first channel had it.
fn moment(post: &CalendarPost, deliveries: &[CalendarDelivery]) -> Option<Timestamp> {
    let first = deliveries
        .iter()
        .filter_map(|delivery| delivery.published_at)
        .min();
    if deliveries.iter().any(waits) {
        post.schedule.at
    } else {
        first.or(post.schedule.at)
    }
}

fn waits(delivery: &CalendarDelivery) -> bool {
    delivery.state.is_editable() || delivery.state == DeliveryState::Missed
}

fn can_move(deliveries: &[CalendarDelivery]) -> bool {
    let is_going_out = deliveries
        .iter()
        .any(|delivery| delivery.state == DeliveryState::Publishing);
    !is_going_out && (deliveries.is_empty() || deliveries.iter().any(waits))
}

fn beginning(post: &CalendarPost, deliveries: &[CalendarDelivery]) -> String {
    let own = deliveries
        .iter()
        .filter_map(|delivery| delivery.variant_text.as_deref());
    std::iter::once(post.text.as_str())
        .chain(own)
        .map(str::trim_start)
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .chars()
        .take(TEXT)
        .collect()
}
