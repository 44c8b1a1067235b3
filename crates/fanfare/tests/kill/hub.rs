//! The program as a process of its own, which is killed and started again at the same place.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fanfare_sandbox::Sandbox;
use fanfare_testkit::client;
use url::Url;

/// The secret of the pretend application, by which its webhooks are signed.
pub const SECRET: &str = "kill-test";
const STARTING: Duration = Duration::from_secs(30);

/// Where a program keeps what it has, and where it listens. The pretend platforms live in the test, so they outlive it.
pub struct Site<'a> {
    pub data: &'a Path,
    /// The database; without one it is the file that the program makes by itself.
    pub database: Option<&'a str>,
    pub port: u16,
    pub sandbox: &'a Sandbox,
}

pub struct Hub {
    process: Child,
    pub url: Url,
}

impl Site<'_> {
    /// Starts the program here, and waits until it is ready.
    pub async fn start(&self) -> Hub {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fanfare"));
        command
            .args(["serve", "--no-sandbox", "--listen"])
            .arg(format!("127.0.0.1:{}", self.port))
            .arg("--data")
            .arg(self.data)
            .env("FANFARE_EGRESS_ALLOW", "127.0.0.0/8")
            .env("FANFARE_LOG", "error")
            .stdout(Stdio::null());
        if let Some(database) = self.database {
            command.env("FANFARE_DATABASE_URL", database);
        }
        for platform in ["facebook", "instagram"] {
            let name = format!("FANFARE_{}", platform.to_uppercase());
            command
                .env(format!("{name}_APP_ID"), "kill-test")
                .env(format!("{name}_APP_SECRET"), SECRET)
                .env(
                    format!("{name}_API_URL"),
                    self.sandbox.api_url(platform).as_str(),
                )
                .env(
                    format!("{name}_AUTH_URL"),
                    self.sandbox.auth_url(platform).as_str(),
                );
        }
        let hub = Hub {
            process: command.spawn().expect("the program starts"),
            url: Url::parse(&format!("http://127.0.0.1:{}", self.port)).unwrap(),
        };
        hub.wait_until_ready().await;
        hub
    }
}

impl Hub {
    async fn wait_until_ready(&self) {
        let address = self.url.join("/health/ready").unwrap();
        let deadline = Instant::now() + STARTING;
        while Instant::now() < deadline {
            let asked = client().get(address.clone()).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the program is not ready after {STARTING:?}");
    }

    pub fn kill(mut self) {
        // `Child::kill` sends SIGKILL: nothing is tidied up.
        self.process.kill().expect("it was running");
        self.process.wait().expect("it ends");
    }
}

/// A test that fails leaves no program behind.
impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// How long a program lives this time.
pub fn random_life(shortest: Duration, longest: Duration) -> Duration {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).unwrap();
    let part = f64::from(u16::from_le_bytes(bytes)) / f64::from(u16::MAX);
    shortest + (longest - shortest).mul_f64(part)
}
