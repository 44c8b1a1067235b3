//! How long the release program takes from its start to its first answer, and what it holds when idle.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::{self, Attempt};
use crate::project;

const RUNS: usize = 11;
const IDLE: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the program on an empty folder, then again and again on the same one.
pub fn bench() -> Attempt {
    let mut cargo = process::cargo();
    process::run(cargo.args(["build", "--release", "--package", "fanfare"]))?;
    let folder = std::env::temp_dir().join(format!("fanfare-bench-start-{}", std::process::id()));
    let outcome = measure(&folder);
    // What is left of a bench is nobody's loss.
    let _ = fs::remove_dir_all(&folder);
    outcome
}

fn measure(folder: &Path) -> Attempt {
    let first = Running::start(folder)?.answered_after;
    println!("first start on an empty folder: {} ms", first.as_millis());
    let mut later = Vec::new();
    for _ in 0..RUNS {
        later.push(Running::start(folder)?.answered_after);
    }
    later.sort_unstable();
    println!(
        "later starts: median {} ms, worst {} ms of {RUNS}",
        later[RUNS / 2].as_millis(),
        later[RUNS - 1].as_millis()
    );
    let running = Running::start(folder)?;
    thread::sleep(IDLE);
    println!(
        "idle for {} s: {} MB resident",
        IDLE.as_secs(),
        running.resident_mb()?
    );
    Ok(())
}

/// The program, until dropped.
struct Running {
    process: Child,
    answered_after: Duration,
}

impl Running {
    fn start(folder: &Path) -> Attempt<Self> {
        let address = free_address()?;
        let begun = Instant::now();
        let process = Command::new(project::root().join("target/release/fanfare"))
            .args(["serve", "--listen", &address.to_string(), "--data"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("the program could not be started: {error}"))?;
        let mut running = Self {
            process,
            answered_after: Duration::ZERO,
        };
        while !answers(address) {
            if begun.elapsed() > PATIENCE {
                return Err("the program did not answer within twenty seconds".into());
            }
            thread::sleep(Duration::from_millis(1));
        }
        running.answered_after = begun.elapsed();
        Ok(running)
    }

    fn resident_mb(&self) -> Attempt<u64> {
        let path = format!("/proc/{}/status", self.process.id());
        let status = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap_or_default();
        let kilobytes: u64 = line
            .split_whitespace()
            .nth(1)
            .unwrap_or("0")
            .parse()
            .unwrap_or(0);
        Ok(kilobytes / 1024)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn answers(address: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else {
        return false;
    };
    let request = b"GET /api/auth/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut answer = String::new();
    stream.write_all(request).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}

fn free_address() -> Attempt<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| format!("no free port: {error}"))
}
