//! Pretend Facebook: the login dialog, tokens, and Pages that can be published on.

pub mod account;
pub mod dialog;
pub mod photo;
pub mod post;
pub mod publish;
pub mod token;
pub mod upload;
pub mod video;
