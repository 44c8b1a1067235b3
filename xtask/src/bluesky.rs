//! A real Bluesky server for the tests, installed once outside the checkout and run on the loopback address.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::debian;
use crate::process::{self, Attempt};
use crate::project;

/// What the tests are told, and the field of the server's first line that it comes from.
const VARIABLES: &[(&str, &str)] = &[
    ("FANFARE_TEST_BLUESKY_URL", "url"),
    ("FANFARE_TEST_BLUESKY_HANDLE", "handle"),
    ("FANFARE_TEST_BLUESKY_PASSWORD", "password"),
    ("FANFARE_TEST_BLUESKY_OTHER_HANDLE", "other_handle"),
    ("FANFARE_TEST_BLUESKY_OTHER_PASSWORD", "other_password"),
];

/// A running server with two accounts. It stops when this is dropped and when this process ends: its input closes.
#[derive(Debug)]
pub struct Server {
    process: Child,
    pub variables: Vec<(&'static str, String)>,
}

impl Server {
    /// Starts the server, after installing it if this machine has not seen this version before.
    pub fn start() -> Attempt<Self> {
        let folder = install()?;
        let mut node = Command::new("node");
        node.arg("server.mjs")
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        node.process_group(0); // Ctrl-C ends us; the server then sees its input close and clears up behind itself
        let mut process = node
            .spawn()
            .map_err(|error| format!("node could not be started: {error}"))?;
        let mut line = String::new();
        let output = process
            .stdout
            .take()
            .ok_or("the Bluesky server has no output")?;
        BufReader::new(output)
            .read_line(&mut line)
            .map_err(|error| format!("the Bluesky server cannot be read: {error}"))?;
        let mut server = Self {
            process,
            variables: Vec::new(),
        };
        for (variable, name) in VARIABLES {
            let value = field(&line, name).ok_or("the Bluesky server ended before it was ready")?;
            server.variables.push((variable, value.to_owned()));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        if let Err(error) = self.process.wait() {
            eprintln!("the Bluesky server could not be waited for: {error}");
        }
    }
}

/// `cargo x bluesky`: runs the server until Ctrl-C, for tests started by hand.
pub fn bluesky(_: &[String]) -> Attempt {
    let mut server = Server::start()?;
    for (variable, value) in &server.variables {
        println!("export {variable}={value}");
    }
    println!("Running until Ctrl-C.");
    let _input = server.process.stdin.take(); // waiting would close it, and with it the server
    let ended = server.process.wait().map_err(|error| error.to_string())?;
    Err(format!("the Bluesky server ended with {ended}"))
}

/// Installs what the lock file names into a folder of its own and returns the folder.
fn install() -> Attempt<PathBuf> {
    let source = project::root().join("tools/bluesky");
    let node = process::output(Command::new("node").args(["-p", "process.versions.modules"]))
        .map_err(|_| "The Bluesky server needs Node.js 20 or newer. See https://nodejs.org")?;
    let mut identity = fs::read(source.join("package-lock.json"))
        .map_err(|error| format!("package-lock.json: {error}"))?;
    identity.extend(node.bytes());
    let folder = project::cache()?.join(format!("bluesky-{}", project::fingerprint(&identity)));
    let complete = folder.join("node_modules/.installed");
    if !complete.is_file() {
        build(&source, &folder)?;
        fs::write(&complete, "").map_err(|error| format!("{}: {error}", complete.display()))?;
    }
    copy(&source, &folder, &["server.mjs"])?;
    Ok(folder)
}

fn build(source: &Path, folder: &Path) -> Attempt {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    copy(source, folder, &["package.json", "package-lock.json"])?;
    if ["python3", "make", "g++"]
        .iter()
        .any(|program| process::find(program).is_none())
    {
        debian::install(
            "What compiles the Bluesky server's database",
            &["python3", "make", "g++"],
        )?;
    }
    // Of all the packages' own scripts, only the one that compiles SQLite is needed and run.
    process::run(npm(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    let mut compile = npm(folder);
    if let Some(headers) = node_headers() {
        compile.env("npm_config_nodedir", headers);
    }
    process::run(compile.args(["rebuild", "better-sqlite3"]))
}

/// Where Node's own headers lie, when its package brought them along; else its build tool downloads them.
fn node_headers() -> Option<PathBuf> {
    let prefix = process::find("node")?
        .canonicalize()
        .ok()?
        .parent()?
        .parent()?
        .to_owned();
    prefix
        .join("include/node/node.h")
        .is_file()
        .then_some(prefix)
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    npm
}

fn copy(from: &Path, to: &Path, names: &[&str]) -> Attempt {
    for name in names {
        fs::copy(from.join(name), to.join(name))
            .map_err(|error| format!("{name} cannot be copied: {error}"))?;
    }
    Ok(())
}

/// Reads a text field of a flat JSON object whose values hold no quotes.
fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = line.split_once(&format!("\"{name}\":\""))?;
    after.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_by_their_whole_name() {
        let line = r#"{"url":"http://127.0.0.1:1","other_handle":"b.test","handle":"a.test"}"#;
        assert_eq!(field(line, "url"), Some("http://127.0.0.1:1"));
        assert_eq!(field(line, "handle"), Some("a.test"));
        assert_eq!(field(line, "password"), None);
    }
}
