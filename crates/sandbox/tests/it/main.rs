//! Drives the sandbox over HTTP as its clients do, by the platforms' public documentation.

mod admin;
mod clock;
mod consent;
mod drive;
mod facebook;
mod faults;
mod gdrive;
mod instagram;
mod mastodon;
mod pages;
mod restart;
mod shelf;
mod subscribed;
mod webhooks;
