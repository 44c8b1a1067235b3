//! The behaviour suite: what every platform owes its roles, proven against the sandbox.
//!
//! A platform brings a few cases (how to connect, what to post); the suite drives its roles as the engine would, cuts the
//! walk wherever it can be cut, loses answers, and counts what the platform published.

mod facebook;
mod files;
mod gdrive;
mod instagram;
mod mastodon;
mod stage;
mod suite;
mod walk;
