#![doc = include_str!("../README.md")]

pub mod broadcast;
pub mod limits;
pub mod mail;
#[cfg(feature = "redis")]
mod redis_client;
