//! `cargo x screenshots [FOLDER]`: every main page of a demonstration workspace as a picture, wide and narrow, light and dark.

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
    let chromium = browser::find_or_install()?;
    let demonstration = Demonstration::start(Build::Debug)?;
    process::run(
        front_end::npm_script("screenshots", &[])
            .env("FANFARE_URL", &demonstration.url)
            .env("FANFARE_CHROMIUM", chromium)
            .env("FANFARE_PICTURES", &folder),
    )?;
    println!("The pictures are in {}", folder.display());
    Ok(())
}
