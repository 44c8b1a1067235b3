//! Composing: from what a person typed to a post with its deliveries, recorded in one transaction.

mod check;
mod create;
mod defaults;
mod delete;
mod detail;
mod duplicate;
mod edit;
mod input;
mod read;
mod record;

pub use check::{ChannelFinding, TextCount, Validation, validate};
pub use create::create_post;
pub use delete::delete_post;
pub use detail::{PostDetail, PostMediaDetail};
pub use duplicate::duplicate_post;
pub use edit::edit_post;
pub use input::{MediaInput, PostChange, PostInput, ScheduleInput, VariantInput};
pub use read::{PostPage, list_posts, read_post};

pub(crate) use detail::load;

pub use fanfare_store::media::Media;
pub use fanfare_store::posts::PostFilter;
