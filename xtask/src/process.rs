//! Running other programs, in words a person can copy into a terminal.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project;

/// What a command of `cargo x` comes to; an error is a sentence for the person who typed it.
pub type Attempt<T = ()> = Result<T, String>;

/// Cargo, in the workspace's folder, without what `cargo x` itself was told about its own package.
///
/// Build scripts watch those variables, so leaving them in would build some dependencies again at every change
/// between `cargo x` and plain `cargo`.
#[must_use]
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project::root());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Runs a command with its output on the terminal.
pub fn run(command: &mut Command) -> Attempt {
    println!("$ {}", words(command));
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` ended with {status}", words(command)))
    }
}

/// Runs a command without a word and returns what it wrote to its standard output.
pub fn output(command: &mut Command) -> Attempt<String> {
    let answer = command
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    if answer.status.success() {
        return Ok(String::from_utf8_lossy(&answer.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&answer.stderr).trim().to_owned();
    Err(format!(
        "`{}` ended with {}: {said}",
        words(command),
        answer.status
    ))
}

/// Finds a program on the search path.
#[must_use]
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// Tells whether this process may do what only root may.
#[must_use]
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}", words(command))
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    let mut text = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}
