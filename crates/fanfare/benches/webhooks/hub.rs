//! The program as a process of its own, and what it costs.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use url::Url;

use crate::{SECRET, figures};

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
        figures::cpu_seconds(&self.process.id().to_string())
    }

    pub fn resident_mb(&self) -> anyhow::Result<u64> {
        figures::resident_mb(&self.process.id().to_string())
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
