//! A server of one behaviour, for this crate's tests: each connection is answered by the same bytes, or not at all.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What the server does with a call once it has read it.
#[derive(Debug, Clone)]
pub(super) enum Behaviour {
    /// Sends these bytes, then closes.
    Answer(String),
    /// Reads the call and never says anything.
    Silence,
}

/// Starts it on a free port of this machine; it lives as long as the test's runtime.
pub(super) async fn start(behaviour: Behaviour) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let behaviour = behaviour.clone();
            tokio::spawn(async move {
                let mut call = [0; 4096];
                let _ = stream.read(&mut call).await;
                match behaviour {
                    Behaviour::Answer(bytes) => drop(stream.write_all(bytes.as_bytes()).await),
                    Behaviour::Silence => std::future::pending().await,
                }
            });
        }
    });
    address
}

/// Chooses the TLS provider, as the program does first thing.
pub(super) fn use_ring() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
