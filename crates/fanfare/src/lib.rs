#![doc = include_str!("../README.md")]

pub mod command_line;
pub mod commands;
pub mod config;
pub mod data_dir;
mod interface;
mod logs;
mod media_files;
mod sandbox;
mod serving;
mod stopping;
pub mod wiring;

pub use interface::router as interface;

/// Makes *ring* the TLS library of the whole process; first thing in any program, and harmless when repeated.
pub fn use_one_tls() {
    // Refused only when one was chosen already, and it is always this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
