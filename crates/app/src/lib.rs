#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod api_keys;
mod app;
pub mod audit;
pub mod avatars;
pub mod calendar;
mod caller;
pub mod composing;
pub mod connections;
mod error;
pub mod exports;
pub mod first_run;
pub mod hearing;
mod housekeeping;
pub mod idempotency;
pub mod invitations;
pub mod jobs;
pub mod keys;
mod limits;
pub mod live;
pub mod mail;
pub mod media;
pub mod members;
mod news;
pub mod notifications;
pub mod pages;
mod periodic;
mod person;
pub mod publishing;
pub mod retention;
pub mod saved_filters;
pub mod scheduling;
pub mod telling;
mod token_text;
mod undisturbed;
mod vault;
mod web_address;
pub mod workspaces;

pub use app::{App, AppConfig};
pub use caller::{Caller, KeyInHand, Via};
pub use error::{AppError, FieldError, Refusal, RefusalKind};
pub use person::Person;
pub use vault::{KeyFile, KeyRing, Vault, VaultError};

/// What every use case answers.
pub type Result<T> = std::result::Result<T, AppError>;
