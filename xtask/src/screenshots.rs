//! `cargo x screenshots [FOLDER]`: every main page of a demonstration workspace as a picture, wide and narrow, light and dark.
//! `cargo x pictures`: those of the guides, in `docs/pictures`, taken anew.

use std::path::PathBuf;

use crate::browser;
use crate::demonstration::{Build, Demonstration};
use crate::front_end;
use crate::process::{self, Attempt};
use crate::project;

pub fn screenshots(arguments: &[String]) -> Attempt {
    let folder = match arguments {
        [] => project::target().join("screenshots"),
        [folder] => PathBuf::from(folder),
        _ => return Err("Usage: cargo x screenshots [FOLDER]".into()),
    };
    take("screenshots.ts", &[("FANFARE_PICTURES", &folder)])?;
    println!("The pictures are in {}", folder.display());
    Ok(())
}

pub fn pictures(arguments: &[String]) -> Attempt {
    if !arguments.is_empty() {
        return Err("Usage: cargo x pictures".into());
    }
    take("pictures.ts", &[])?;
    println!("Look at each in docs/pictures, and at what the guides say of it.");
    Ok(())
}

/// Lets a file of `web/e2e` take its pictures of the served workspace.
fn take(file: &str, variables: &[(&str, &PathBuf)]) -> Attempt {
    let chromium = browser::find_or_install()?;
    let demonstration = Demonstration::start(Build::Debug)?;
    process::run(
        front_end::npm_script("screenshots", &[file.to_owned()])
            .env("FANFARE_URL", &demonstration.url)
            .env("FANFARE_CHROMIUM", chromium)
            .env("FANFARE_BIN", project::target().join("debug/fanfare"))
            .envs(variables.iter().copied()),
    )
}
