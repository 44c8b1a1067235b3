//! Composing: from what a person typed to a post with its deliveries, recorded in one transaction.

mod check;
mod content_templates;
mod create;
mod defaults;
mod delete;
mod detail;
mod duplicate;
mod edit;
mod edit_news;
mod hashtag_groups;
mod history;
mod input;
mod marks;
mod names;
mod next;
mod permissions;
mod read;
mod record;
mod restore;
mod schedule;
mod validate;
mod versions;

pub use check::{ChannelFinding, TextCount, TextMarks};
pub use content_templates::{
    TemplateChange, TemplateContent, TemplateDetail, change_content_template,
    create_content_template, delete_content_template, list_content_templates,
    read_content_template, save_as_content_template,
};
pub use create::create_post;
pub use delete::delete_post;
pub use detail::{PostDetail, PostMediaDetail};
pub use duplicate::duplicate_post;
pub use edit::edit_post;
pub use hashtag_groups::{
    HashtagGroupChange, change_hashtag_group, create_hashtag_group, delete_hashtag_group,
    list_hashtag_groups, read_hashtag_group,
};
pub use history::Happening;
pub use input::{MediaInput, PostChange, PostInput, ScheduleInput, VariantInput};
pub use marks::Mark;
pub use read::{PostPage, list_authors, list_posts, read_post};
pub use restore::restore_post;
pub use validate::{Validation, validate};
pub use versions::{
    VersionContent, VersionDetail, VersionMedia, VersionVariant, list_versions, restore_version,
};

pub(crate) use delete::sweep_deleted;
pub(crate) use detail::load;
pub(crate) use next::{NextPost, next_from, write_post};

pub use fanfare_store::hashtag_groups::HashtagGroup;
pub use fanfare_store::media::Media;
pub use fanfare_store::posts::{Author, Order, Place, PostFilter};
