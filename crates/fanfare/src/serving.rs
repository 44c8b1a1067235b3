//! Listening, and answering until told to stop.

use std::future::IntoFuture as _;
use std::net::SocketAddr;

use anyhow::Context as _;
use axum::Router;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::stopping::GRACE;

/// Takes the address, so that a second server fails before it has done anything.
pub(crate) async fn listen(address: SocketAddr, setting: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{address} cannot be listened on. Choose another address with {setting}")
    })
}

/// Answers until `stop`, and then for as long as requests under way need, within the grace time.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let listener = listener.tap_io(|stream| {
        // Answers are whole when they are written: waiting for more only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::trace!(%error, "no TCP_NODELAY");
        }
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stopped = stop.clone();
    let serving = axum::serve(listener, service)
        .with_graceful_shutdown(async move { stopped.cancelled().await })
        .into_future();
    let out_of_patience = async {
        stop.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = serving => Ok(ended?),
        () = out_of_patience => {
            tracing::warn!("requests under way were cut off");
            Ok(())
        }
    }
}

/// Where people on this machine reach a listener.
pub(crate) fn url_of(address: SocketAddr) -> anyhow::Result<Url> {
    let host = if address.ip().is_unspecified() {
        "localhost".to_owned()
    } else {
        host(address)
    };
    Ok(Url::parse(&format!("http://{host}:{}", address.port()))?)
}

fn host(address: SocketAddr) -> String {
    if address.is_ipv6() {
        format!("[{}]", address.ip())
    } else {
        address.ip().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_urls() {
        for (address, url) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("0.0.0.0:8080", "http://localhost:8080/"),
            ("[::1]:80", "http://[::1]/"),
        ] {
            assert_eq!(url_of(address.parse().unwrap()).unwrap().as_str(), url);
        }
    }
}
