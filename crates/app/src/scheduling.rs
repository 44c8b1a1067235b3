//! When posts go out: the queues of channels, posts that come round again, and what stands in the way of a time.

mod best_times;
mod clashes;
mod daily_limit;
mod due;
mod preview;
mod queue;
mod repeat;
mod rule;
mod series;
mod slots;
mod stop;
mod upcoming;
mod watch;

pub use best_times::{BestTimesView, best_times};
pub use preview::{Occurrence, preview_repeat};
pub use queue::{QueueInput, SlotInput, read_queue, set_queue};
pub use rule::Repetition;
pub use slots::{FreeSlot, next_free_slots};
pub use stop::stop_repeating;
pub use upcoming::{ChannelAgenda, Coming, agenda};

pub use fanfare_store::agenda::Entry;
pub use fanfare_store::series::{Place, Series};

pub(crate) use clashes::{Candidate, clashes};
pub(crate) use due::{DueTimes, due_times};
pub(crate) use repeat::{
    RepeatPosts, go_on_after_cancelling, go_on_where_cancelled, go_on_without,
};
pub(crate) use rule::{Rounds, check_rule, check_zone, never_due, wall_clock};
pub(crate) use series::{is_as_before, keep_up};
pub(crate) use slots::{free_slots_unlocked, take_slot};
pub(crate) use watch::WATCH_SERIES;
