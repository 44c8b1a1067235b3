//! Fills a data folder with a demonstration workspace: a small bakery and a month of its posts in all states, with pictures that are
//! painted here. `fanfare serve --data FOLDER --listen ADDRESS` then serves it; `cargo x screenshots` does both.
//!
//! The month is lived through, not written into the database: the real program with a clock that is moved, against the sandbox.

mod furnishing;
mod living;
mod month;
mod paint;

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use living::Bakery;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, listen] = arguments.as_slice() else {
        anyhow::bail!(
            "Usage: demonstration FOLDER ADDRESS (where it will be served, such as 127.0.0.1:8080)"
        );
    };
    let listen: SocketAddr = listen.parse().context("the address needs a port")?;
    fanfare::use_one_tls();
    let mut bakery = Bakery::open(Path::new(folder), listen).await?;
    bakery.furnish().await?;
    for entry in month::entries() {
        bakery.live(&entry).await?;
    }
    bakery.fill_queue().await;
    bakery.close().await
}
