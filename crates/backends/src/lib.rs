#![doc = include_str!("../README.md")]

pub mod broadcast;
pub mod limits;
pub mod mail;
pub mod media;
#[cfg(feature = "redis")]
mod redis_client;
