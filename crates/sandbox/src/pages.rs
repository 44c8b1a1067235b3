//! The pages that people see: what was published, consent, and the switches. Plain HTML, no script.

pub mod account;
pub mod avatar;
pub mod consent;
pub mod html;
pub mod overview;
pub mod post;
pub mod webhooks;
