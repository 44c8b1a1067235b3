//! What Facebook and Instagram share: the Graph API's calls, errors, usage headers, sign-in and Pages.

mod call;
mod comment;
mod errors;
mod history;
mod login;
mod look;
mod pages;
mod recognise;
#[cfg(test)]
pub mod refusal_table;
#[cfg(test)]
pub mod scripted;
mod subscription;
mod usage;
pub mod webhooks;

pub use call::{Graph, Page as ListPage, Token};
pub use comment::{Author, Comments, username_of};
pub use errors::Refused;
pub use history::Timeline;
pub use login::{
    app_of, dialog_url, exchange_code, inspect, long_lived, permissions, person, revoke,
};
pub use look::look;
pub use pages::{InstagramAccount, Page, list_pages, page_of_token};
pub use recognise::{Window, moment, same_text};
pub use subscription::SubscribedApps;
