//! Where the sandbox is served, and how other processes of the installation learn it.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use fanfare_sandbox::{Place, Sandbox, SandboxSettings};
use fanfare_store::{Store, installation_facts};
use url::Url;

use crate::config::Config;
use crate::wiring::reachable;

/// The name of the fact that says where `serve` pretends platforms.
const PLACE: &str = "sandbox_place";

/// Starts the sandbox beside the program: on the port after its own, or on a free one when that is taken.
pub(crate) async fn start_beside(
    config: &Config,
    listen: SocketAddr,
    public_url: &Url,
    state_file: PathBuf,
) -> anyhow::Result<Sandbox> {
    let address = config.sandbox_listen.unwrap_or_else(|| next_free(listen));
    let public_url = match &config.sandbox_url {
        Some(url) => url.clone(),
        None => beside(public_url, address)?,
    };
    // By the address it listens on: the public one may lead through a proxy that does not know us yet.
    let hooks = Url::parse(&format!("http://{}/hooks", reachable(listen)))?;
    start(address, Some(public_url), Some(hooks), state_file).await
}

/// Starts the sandbox alone. `hooks` is where its webhooks go, without the platform's name.
pub(crate) async fn start_alone(
    config: &Config,
    hooks: Option<Url>,
    state_file: PathBuf,
) -> anyhow::Result<Sandbox> {
    let after = SocketAddr::new(config.listen.ip(), config.listen.port().saturating_add(1));
    let address = config.sandbox_listen.unwrap_or(after);
    start(address, config.sandbox_url.clone(), hooks, state_file).await
}

/// Tells workers that share the database where the sandbox is, or that there is none.
pub(crate) async fn announce(store: &Store, place: Option<&Place>) -> anyhow::Result<()> {
    let mut tx = store
        .as_system("tell workers of the sandbox")
        .write()
        .await?;
    match place {
        Some(place) => {
            installation_facts::put(&mut tx, PLACE, &serde_json::to_vec(place)?).await?;
        }
        None => installation_facts::remove(&mut tx, PLACE).await?,
    }
    Ok(tx.commit().await?)
}

/// The sandbox that a worker uses: the one that `fanfare serve` announced.
///
/// # Errors
/// When the sandbox is on and nobody announced one: the worker would call the real platforms with pretend credentials.
pub(crate) async fn beside_which(config: &Config, store: &Store) -> anyhow::Result<Option<Place>> {
    if !config.sandbox_is_on() {
        return Ok(None);
    }
    let mut tx = store.as_system("find the sandbox").read().await?;
    let Some(place) = installation_facts::get(&mut tx, PLACE).await? else {
        bail!(
            "The sandbox is on, and only `fanfare serve` runs one. Start `fanfare serve` on this database first, or set \
             FANFARE_SANDBOX=off for this command."
        );
    };
    Ok(Some(serde_json::from_slice(&place)?))
}

async fn start(
    listen: SocketAddr,
    public_url: Option<Url>,
    webhooks_to: Option<Url>,
    state_file: PathBuf,
) -> anyhow::Result<Sandbox> {
    let settings = SandboxSettings {
        clock: std::sync::Arc::new(fanfare_domain::SystemClock),
        listen,
        public_url,
        webhooks_to,
        state_file: Some(state_file),
        apps: Vec::new(),
    };
    Sandbox::start(settings)
        .await
        .context("Choose another address with FANFARE_SANDBOX_LISTEN, or --no-sandbox")
}

fn next_free(listen: SocketAddr) -> SocketAddr {
    let next = SocketAddr::new(listen.ip(), listen.port().checked_add(1).unwrap_or(0));
    let is_free = |address| TcpListener::bind(address).is_ok();
    if is_free(next) {
        next
    } else {
        free_port(listen.ip())
    }
}

/// A port that is free now; chosen here because the sandbox's public address must name it.
fn free_port(ip: IpAddr) -> SocketAddr {
    let any = SocketAddr::new(ip, 0);
    TcpListener::bind(any)
        .and_then(|listener| listener.local_addr())
        .unwrap_or(any)
}

/// The host by which people reach us, and the sandbox's port.
fn beside(public_url: &Url, address: SocketAddr) -> anyhow::Result<Url> {
    let host = public_url.host_str().context("a public URL names a host")?;
    Ok(Url::parse(&format!("http://{host}:{}", address.port()))?)
}
