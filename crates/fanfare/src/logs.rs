//! Where log lines go and how they look.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Begins logging to standard error; called once.
pub fn begin(config: &Config) {
    // Checked when the configuration was read.
    let filter = EnvFilter::new(&config.log);
    let for_people = match config.log_format {
        LogFormat::Auto => io::stderr().is_terminal(),
        LogFormat::Human => true,
        LogFormat::Json => false,
    };
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    if for_people {
        lines.with_target(false).init();
    } else {
        lines
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .init();
    }
}
