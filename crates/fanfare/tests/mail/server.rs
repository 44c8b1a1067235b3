//! A mail server in a process of its own: aiosmtpd, started by `tools/smtp/sink.py`.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// A running server. It ends when this is dropped.
pub struct Server {
    pub port: u16,
    lines: Receiver<Value>,
    process: Child,
    _input: Option<ChildStdin>,
}

impl Server {
    /// None, and a word about it, where the tests were not given a Python that has aiosmtpd.
    pub fn start(options: &[&str]) -> Option<Self> {
        let Ok(python) = std::env::var("FANFARE_TEST_SMTP_PYTHON") else {
            eprintln!("NOT RUN: no Python with aiosmtpd given (FANFARE_TEST_SMTP_PYTHON)");
            return None;
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/smtp/sink.py");
        let mut process = Command::new(python)
            .arg(script)
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let (sender, lines) = channel();
        let output = process.stdout.take().expect("it is piped");
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let told = serde_json::from_str(&line).expect("lines are JSON");
                if sender.send(told).is_err() {
                    return;
                }
            }
        });
        let input = process.stdin.take();
        let mut server = Self {
            port: 0,
            lines,
            process,
            _input: input,
        };
        let first = server.next();
        server.port = u16::try_from(first["port"].as_u64().expect("a port")).expect("a port");
        Some(server)
    }

    /// The next message that it took.
    pub fn next(&self) -> Value {
        self.lines
            .recv_timeout(Duration::from_secs(30))
            .expect("the mail server took something")
    }

    /// Whether it took nothing that was not asked for yet.
    pub fn is_quiet(&self) -> bool {
        self.lines.try_recv().is_err()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
