//! What people are told of: in the interface, by mail, or both, as they want it.
//!
//! It is written in the transaction of what it tells ([`hear()`]). Mail is gathered for a few minutes, so that many things at once are one
//! message.

mod account;
mod hear;
mod mail;
mod own;
mod preferences;
mod tidy;
mod words;

pub use own::{count_unread, delete, list, mark_all_read, mark_read, mark_unread, take_back};
pub use preferences::{Preference, prefer, preferences};

pub(crate) use account::{tell_of_account, tell_of_key};
pub(crate) use hear::{hear, tell_one, tell_person};
pub(crate) use mail::WriteMail;
pub(crate) use tidy::forget_old;

pub use fanfare_domain::{NotificationChannel, NotificationKind};
pub use fanfare_store::notifications::{Filter, Marked, Notification, Place};
