//! A demonstration workspace, served by the built program: what pictures are taken of and pages are measured with.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::front_end;
use crate::process::{self, Attempt};
use crate::project;

const PATIENCE: Duration = Duration::from_secs(20);

/// Which build of the program serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    Debug,
    Release,
}

/// The served workspace; gone when dropped.
#[derive(Debug)]
pub struct Demonstration {
    pub url: String,
    process: Child,
    folder: PathBuf,
}

impl Demonstration {
    /// Builds everything, lives through the month, and serves it.
    pub fn start(build: Build) -> Attempt<Self> {
        front_end::prepare()?;
        let mut cargo = process::cargo();
        cargo.args(["build", "--package", "fanfare"]);
        if build == Build::Release {
            cargo.arg("--release");
        }
        process::run(&mut cargo)?;
        let folder =
            std::env::temp_dir().join(format!("fanfare-demonstration-{}", std::process::id()));
        let address = free_address()?;
        process::run(
            process::cargo()
                .args(["run", "--quiet", "--package", "fanfare-testkit"])
                .args(["--example", "demonstration", "--"])
                .arg(&folder)
                .arg(address.to_string()),
        )?;
        let demonstration = Self {
            url: format!("http://{address}"),
            process: serve(build, &folder, address)?,
            folder,
        };
        wait_for(address)?;
        Ok(demonstration)
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        // It may have ended by itself, and what is left of it is nobody's loss.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn serve(build: Build, folder: &Path, address: SocketAddr) -> Attempt<Child> {
    let profile = match build {
        Build::Debug => "debug",
        Build::Release => "release",
    };
    Command::new(project::target().join(profile).join("fanfare"))
        .args(["serve", "--sandbox", "--listen", &address.to_string()])
        .arg("--data")
        .arg(folder)
        .env("FANFARE_LOG", "error")
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("the program could not be started: {error}"))
}

/// An address whose port is free, and the next one for the sandbox. Pictures show it, so best the one that readers have.
fn free_address() -> Attempt<SocketAddr> {
    for wanted in std::iter::once(8080).chain([0; 20]) {
        let listener = TcpListener::bind(("127.0.0.1", wanted));
        let Ok(address) = listener.and_then(|one| one.local_addr()) else {
            continue;
        };
        let next = address
            .port()
            .checked_add(1)
            .map(|port| SocketAddr::new(address.ip(), port));
        if next.is_some_and(|next| TcpListener::bind(next).is_ok()) {
            return Ok(address);
        }
    }
    Err("no two neighbouring ports are free".into())
}

fn wait_for(address: SocketAddr) -> Attempt {
    let begun = Instant::now();
    while TcpStream::connect(address).is_err() {
        if begun.elapsed() > PATIENCE {
            return Err("the program did not answer within twenty seconds".into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
