#![doc = include_str!("../README.md")]

pub mod content;
pub mod context;
pub mod credentials;
pub mod error;
pub mod http;
pub mod manifest;
pub mod oauth;
pub mod platform;
pub mod roles;
pub mod rules;
pub mod settings;
pub mod signature;

pub use content::{Content, MediaFacts, MediaKind, Options};
pub use context::PlatformContext;
pub use credentials::Credentials;
pub use error::{Advice, PlatformError, RateScope};
pub use manifest::Manifest;
pub use platform::Platform;
