#![doc = include_str!("../README.md")]

mod signal;

pub use signal::JobSignal;
