//! The built program as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::Value;

/// The program, with nothing configured but where its data lies.
pub fn fanfare(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fanfare"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FANFARE_") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .env("FANFARE_DATA", data)
        .current_dir(std::env::temp_dir());
    command
}

/// Runs it to its end: whether it ended well, and all it said.
pub fn run(command: &mut Command) -> (bool, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let words = [stdout, stderr]
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .concat();
    (status.success(), words)
}

/// A program that got ready, and is ended with the test.
pub struct Running {
    child: Child,
    /// What it has logged so far.
    log: Arc<Mutex<String>>,
    listening: Option<JoinHandle<()>>,
    /// The line of its log that says so.
    pub ready: Value,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&log);
        let mut said = BufReader::new(child.stderr.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .inspect(move |line| *kept.lock().unwrap() += &format!("{line}\n"));
        let ready = said
            .find(|line| line.contains("is ready"))
            .expect("it gets ready");
        // Whoever does not listen makes the program wait.
        let listening = std::thread::spawn(move || said.for_each(drop));
        Self {
            child,
            log,
            listening: Some(listening),
            ready: serde_json::from_str(&ready).unwrap(),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.ready["url"].as_str().unwrap())
    }

    /// Asks it to end, and tells whether it ended well.
    pub fn terminate(mut self) -> bool {
        self.end()
    }

    /// The same; answers all that it logged.
    pub fn stop_and_read(mut self) -> String {
        assert!(self.end(), "it ends well");
        let listening = self.listening.take().unwrap();
        listening.join().unwrap();
        self.log.lock().unwrap().clone()
    }

    fn end(&mut self) -> bool {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
