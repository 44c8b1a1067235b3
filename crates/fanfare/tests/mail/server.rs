//! A mail server in a process of its own: aiosmtpd, started by `tools/smtp/sink.py`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

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

/// A certificate authority of one's own and a server's certificate by it, made for this run.
pub struct Certificates {
    folder: TempDir,
}

impl Certificates {
    pub fn make() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = Self { folder };
        made.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Tests -keyout ca.key -out ca.pem",
        );
        made.openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout server.key -out server.csr",
        );
        let names = "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
        std::fs::write(made.path("names"), names).expect("the folder is ours");
        made.openssl(
            "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out server.pem",
        );
        made
    }

    fn openssl(&self, arguments: &str) {
        let done = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(self.folder.path())
            .output()
            .expect("openssl is installed");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }
}
