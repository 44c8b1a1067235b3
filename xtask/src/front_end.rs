//! The web interface's packages and its built files, made anew only when they have to be.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::process::{self, Attempt};
use crate::project;

/// Folders under `web/` whose files do not end up in the built interface.
const NOT_SOURCES: &[&str] = &["node_modules", "dist", "e2e", "test-results"];

/// Installs the packages and builds the interface, each only when it is out of date.
pub fn prepare() -> Attempt {
    install()?;
    if is_stale(
        newest_source(&folder()),
        modified(&folder().join("dist/index.html")),
    ) {
        npm_run("build", &[])
    } else {
        Ok(())
    }
}

/// Installs what `package-lock.json` names, unless it has not changed since npm last did: npm leaves a copy.
pub fn install() -> Attempt {
    if process::find("npm").is_none() {
        return Err("The interface needs Node.js 20.19 or newer and npm, and npm was not found. See https://nodejs.org".into());
    }
    let installed = modified(&folder().join("node_modules/.package-lock.json"));
    if is_stale(modified(&folder().join("package-lock.json")), installed) {
        process::run(npm().args(["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

/// Runs a script of `web/package.json`.
pub fn npm_run(script: &str, arguments: &[String]) -> Attempt {
    process::run(&mut npm_script(script, arguments))
}

/// A script of `web/package.json` as a command, to be given more before it runs.
#[must_use]
pub fn npm_script(script: &str, arguments: &[String]) -> Command {
    let mut command = npm();
    command.args(["run", "--silent", script]);
    if !arguments.is_empty() {
        command.arg("--").args(arguments);
    }
    command
}

/// The folder of the interface.
#[must_use]
pub fn folder() -> PathBuf {
    project::root().join("web")
}

/// Tells whether the output goes to a person's terminal, and not to a file or a log that would keep the colours.
#[must_use]
pub fn is_watched() -> bool {
    std::io::stdout().is_terminal()
}

fn npm() -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder());
    if !is_watched() {
        command.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    }
    command
}

fn is_stale(sources: Option<SystemTime>, built: Option<SystemTime>) -> bool {
    built.is_none_or(|built| sources.is_some_and(|changed| changed > built))
}

fn newest_source(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?;
    entries
        .flatten()
        .filter(|entry| !NOT_SOURCES.iter().any(|name| entry.file_name() == *name))
        .filter_map(|entry| {
            if entry.path().is_dir() {
                newest_source(&entry.path())
            } else {
                modified(&entry.path())
            }
        })
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|facts| facts.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const EARLY: SystemTime = SystemTime::UNIX_EPOCH;

    #[test]
    fn built_files_are_stale_when_missing_or_older_than_a_source() {
        let late = EARLY + Duration::from_secs(1);
        assert!(is_stale(Some(EARLY), None));
        assert!(is_stale(Some(late), Some(EARLY)));
        assert!(!is_stale(Some(EARLY), Some(late)));
        assert!(!is_stale(None, Some(EARLY)));
    }

    #[test]
    fn the_newest_source_is_found_deep_down_and_not_among_built_files() {
        let folder = std::env::temp_dir().join(format!("fanfare-sources-{}", std::process::id()));
        for (path, age) in [
            ("index.html", 30),
            ("src/routes/home.tsx", 20),
            ("dist/index.html", 10),
            ("node_modules/a.js", 0),
        ] {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
            let file = fs::File::create(&path).expect("the file is made");
            file.set_modified(EARLY + Duration::from_secs(1_000 - age))
                .expect("its time is set");
        }
        assert_eq!(
            newest_source(&folder),
            Some(EARLY + Duration::from_secs(980))
        );
        fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
}
