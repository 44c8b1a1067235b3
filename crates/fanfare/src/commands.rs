//! What the program does, command by command.

mod audit;
mod config;
mod database;
mod doctor;
mod error_codes;
mod keys;
mod mail;
mod media;
mod metrics;
mod migrate;
mod openapi;
mod permissions;
mod sandbox;
mod serve;
mod tokens;
mod users;
mod webhooks;
mod wired;
mod worker;

use anyhow::Result;

use crate::command_line::{Command, CommandLine, ConfigQuestion, TokenQuestion};
use crate::config::{Config, Loaded};
use crate::logs;

/// Does what the command line asks.
pub async fn run(line: CommandLine) -> Result<()> {
    let load = || load(&line);
    match &line.command {
        Command::Openapi => openapi::print(),
        Command::ErrorCodes => {
            error_codes::print();
            Ok(())
        }
        Command::Permissions => {
            permissions::print();
            Ok(())
        }
        Command::Config {
            question: ConfigQuestion::Reference,
        } => {
            config::print_reference();
            Ok(())
        }
        Command::Config {
            question: ConfigQuestion::Schema,
        } => config::print_schema(),
        Command::Config {
            question: ConfigQuestion::Check,
        } => {
            config::check(&load()?);
            Ok(())
        }
        Command::Serve(_) => serve::serve(begin(load()?)).await,
        Command::Worker => worker::work(begin(load()?)).await,
        Command::Sandbox { hooks, .. } => sandbox::serve(begin(load()?), hooks.clone()).await,
        Command::Migrate { direction } => migrate::migrate(&load()?.config, direction).await,
        Command::Tokens {
            question: TokenQuestion::Refresh { dry_run },
        } => tokens::refresh(&load()?.config, *dry_run).await,
        Command::Keys { question } => keys::answer(&load()?.config, *question).await,
        Command::Audit { question } => audit::answer(&load()?.config, question).await,
        Command::Users { question } => users::answer(&load()?.config, question).await,
        Command::Webhooks { question } => webhooks::answer(&load()?.config, question).await,
        Command::Media { question } => media::answer(&load()?.config, question).await,
        Command::Mail { question } => mail::answer(load, question).await,
        Command::Doctor => doctor::examine(load()).await,
    }
}

/// What the program ends with after an error. Most who run it only ask whether it is 0.
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> u8 {
    error
        .downcast_ref::<mail::NotTaken>()
        .map_or(1, mail::NotTaken::exit_code)
}

/// An error and its causes, as an operator wants to read them.
#[must_use]
pub fn in_words(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join("\n  because: ")
}

/// A name that others chose, on one line of a terminal and without power over it.
fn printable(text: &str) -> String {
    let plain = |character: char| match character.is_control() {
        true => char::REPLACEMENT_CHARACTER,
        false => character,
    };
    text.chars().map(plain).collect()
}

fn load(line: &CommandLine) -> Result<Loaded> {
    let platforms = fanfare_platforms::all();
    Ok(Config::load(
        &line.overrides(),
        std::env::vars(),
        &platforms,
    )?)
}

/// Begins logging, and tells what is remarkable about the configuration.
fn begin(loaded: Loaded) -> Config {
    logs::begin(&loaded.config);
    for warning in &loaded.warnings {
        tracing::warn!("{warning}");
    }
    loaded.config
}
