//! Drives the sandbox over HTTP as its clients do, by the platforms' public documentation.

mod drive;
mod facebook;
