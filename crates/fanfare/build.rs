//! Notices when the built interface changes, because it is part of the program.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Other builds read the files when they are asked for.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        let built = Path::new("../../web/dist");
        // A folder that is not there counts as changed each time.
        if let Err(error) = std::fs::create_dir_all(built) {
            println!("cargo:warning={} cannot be made: {error}", built.display());
        }
        println!("cargo:rerun-if-changed={}", built.display());
    }
}
