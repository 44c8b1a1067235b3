#![doc = include_str!("../README.md")]

mod handler;
mod retry;
mod runner;
mod signal;

pub use handler::{Handler, JobRun, Outcome};
pub use retry::backoff;
pub use runner::{Runner, RunnerSettings};
pub use signal::JobSignal;
