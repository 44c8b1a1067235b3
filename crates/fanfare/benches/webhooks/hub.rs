//! The program as a process of its own, and what it costs.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpStream;
use url::Url;

use crate::SECRET;

pub struct Hub {
    process: Child,
    pub address: SocketAddr,
    pub url: Url,
    _data: tempfile::TempDir,
}

impl Hub {
    pub async fn start(database: &str) -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let address = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let process = Command::new(env!("CARGO_BIN_EXE_fanfare"))
            .args([
                "serve",
                "--sandbox",
                "--listen",
                &address.to_string(),
                "--data",
            ])
            .arg(data.path())
            .env("FANFARE_DATABASE_URL", database)
            .env("FANFARE_FACEBOOK_WEBHOOK_SECRET", SECRET)
            .env("FANFARE_INSTAGRAM_WEBHOOK_SECRET", SECRET)
            .env("FANFARE_WHATSAPP_WEBHOOK_SECRET", SECRET)
            .env("FANFARE_EGRESS_ALLOW", "127.0.0.0/8")
            .env("FANFARE_LOG", "error")
            .stdout(Stdio::null())
            .spawn()?;
        let hub = Self {
            process,
            address,
            url: Url::parse(&format!("http://{address}"))?,
            _data: data,
        };
        for _ in 0..300 {
            if TcpStream::connect(address).await.is_ok() {
                return Ok(hub);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("the program does not listen")
    }

    pub fn cpu_seconds(&self) -> anyhow::Result<f64> {
        let stat = self.stat("stat")?;
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
        // The kernel counts in hundredths of a second for everything that reads this file.
        Ok(ticks / 100.0)
    }

    pub fn resident_mb(&self) -> anyhow::Result<u64> {
        let status = self.stat("status")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kilobytes.context("no VmRSS")?.parse::<u64>()? / 1024)
    }

    fn stat(&self, file: &str) -> anyhow::Result<String> {
        let path = format!("/proc/{}/{file}", self.process.id());
        std::fs::read_to_string(&path).context(path)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
