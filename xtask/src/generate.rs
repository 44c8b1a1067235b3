//! `cargo x generate`: the committed files that the program and the API's description determine.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::front_end;
use crate::process::{self, Attempt};
use crate::project;

/// Each file in `generated/`, and what to ask the program for it.
const FILES: &[(&str, &[&str])] = &[
    ("openapi.json", &["openapi"]),
    ("config.reference.md", &["config", "reference"]),
    ("config.schema.json", &["config", "schema"]),
    ("error-codes.md", &["error-codes"]),
    ("permissions.md", &["permissions"]),
];

/// Where the interface's client, made from `openapi.json`, lies.
const CLIENT: &str = "web/src/api/schema.ts";

/// Writes every generated file from the sources as they are.
pub fn generate(_: &[String]) -> Attempt {
    process::run(process::cargo().args(["build", "--package", "fanfare"]))?;
    for (file, question) in FILES {
        let path = project::root().join("generated").join(file);
        fs::write(&path, ask(question)?)
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        println!("Wrote generated/{file}");
    }
    front_end::install()?;
    front_end::npm_run("generate", &[])?;
    println!("Wrote {CLIENT}");
    Ok(())
}

/// Names the generated files that are not what the built program says they should be.
pub fn stale_files() -> Attempt<Vec<String>> {
    let mut stale = Vec::new();
    for (file, question) in FILES {
        let committed =
            fs::read_to_string(project::root().join("generated").join(file)).unwrap_or_default();
        if committed != ask(question)? {
            stale.push(format!("generated/{file}"));
        }
    }
    Ok(stale)
}

/// Tells whether the interface's client is what `openapi.json` makes of it, and leaves the file as it was.
pub fn client_is_stale() -> Attempt<bool> {
    let path = project::root().join(CLIENT);
    let committed = read(&path)?;
    front_end::npm_run("generate", &[])?;
    let fresh = read(&path)?;
    fs::write(&path, &committed)
        .map_err(|error| format!("{CLIENT} cannot be put back: {error}"))?;
    Ok(committed != fresh)
}

fn read(path: &Path) -> Attempt<String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// Asks the built program, without this person's own settings, which must not end up in a committed file.
fn ask(question: &[&str]) -> Attempt<String> {
    let mut program = Command::new(project::target().join("debug/fanfare"));
    for (name, _) in
        env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("FANFARE_"))
    {
        program.env_remove(name);
    }
    process::output(program.args(question).current_dir(env::temp_dir()))
}
