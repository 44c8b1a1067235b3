//! How the interface's main pages score with Lighthouse on a desktop: the release program, a demonstration workspace.

use std::process::Command;

use crate::browser;
use crate::demonstration::{Build, Demonstration};
use crate::process::{self, Attempt};
use crate::project;

pub fn bench() -> Attempt {
    let chromium = browser::find_or_install()?;
    let tool = project::root().join("tools/lighthouse");
    if !tool.join("node_modules/lighthouse").is_dir() {
        let mut npm = Command::new("npm");
        npm.current_dir(&tool);
        process::run(npm.args(["ci", "--no-audit", "--no-fund"]))?;
    }
    let demonstration = Demonstration::start(Build::Release)?;
    process::run(
        Command::new("node")
            .arg(tool.join("measure.mjs"))
            .arg(&demonstration.url)
            .arg(chromium),
    )
}
