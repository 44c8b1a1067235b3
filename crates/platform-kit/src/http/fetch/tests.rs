//! What is fetched, what it may lead to, and what is told when it does not work.

use std::net::SocketAddr;
use std::sync::Arc;

use fanfare_domain::SystemClock;

use super::*;
use crate::http::test_server::{Behaviour, start, use_ring};
use crate::http::{Budgets, EgressPolicy};

const SOON: Duration = Duration::from_secs(5);

/// A client that may reach those addresses of this machine.
fn client(allowed: &[SocketAddr]) -> HttpClient {
    use_ring();
    let policy = EgressPolicy::new(Vec::new(), allowed.to_vec());
    HttpClient::new(policy, Budgets::default(), Arc::new(SystemClock)).unwrap()
}

fn at(address: SocketAddr) -> Url {
    Url::parse(&format!("http://{address}/picture.jpg")).unwrap()
}

async fn serve(answer: &str) -> SocketAddr {
    start(Behaviour::Answer(answer.to_owned())).await
}

async fn redirect_to(url: &str) -> SocketAddr {
    serve(&format!(
        "HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    ))
    .await
}

async fn error(client: &HttpClient, url: Url) -> FetchError {
    match client.fetch(url, SOON).await {
        Err(error) => error,
        Ok(fetched) => panic!("fetched {}", fetched.url),
    }
}

#[tokio::test]
async fn a_file_is_found_behind_a_redirect_of_either_form() {
    let file = serve("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfile").await;
    let first = redirect_to(&format!("http://{file}/elsewhere")).await;
    let fetched = client(&[file, first]).fetch(at(first), SOON).await.unwrap();
    assert_eq!((fetched.url.path(), fetched.bytes), ("/elsewhere", Some(4)));
    let content: Vec<Bytes> = fetched.content.try_collect().await.unwrap();
    assert_eq!(content.concat(), b"file");
}

#[tokio::test]
async fn a_redirect_opens_no_door_to_this_network() {
    let inner = serve("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret").await;
    let first = redirect_to(&format!("http://{inner}/")).await;
    let second = redirect_to("http://169.254.169.254/latest/meta-data").await;
    let third = redirect_to("file:///etc/passwd").await;
    let client = client(&[first, second, third]);
    for (start, refused) in [
        (first, AddressRefused::Private("127.0.0.1".to_owned())),
        (
            second,
            AddressRefused::Private("169.254.169.254".to_owned()),
        ),
        (third, AddressRefused::Scheme),
    ] {
        assert_eq!(
            error(&client, at(start)).await,
            FetchError::NotAllowed(refused)
        );
    }
}

#[tokio::test]
async fn circles_and_empty_redirects_end() {
    let circle = redirect_to("/again").await;
    let nowhere =
        serve("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
    let client = client(&[circle, nowhere]);
    assert_eq!(error(&client, at(circle)).await, FetchError::Redirects);
    assert_eq!(error(&client, at(nowhere)).await, FetchError::Redirects);
}

#[tokio::test]
async fn refusals_silence_and_absence_are_told_apart() {
    let missing =
        serve("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
    let silent = start(Behaviour::Silence).await;
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = closed.local_addr().unwrap();
    drop(closed);
    let client = client(&[missing, silent, gone]);
    assert_eq!(error(&client, at(missing)).await, FetchError::Status(404));
    assert!(matches!(
        error(&client, at(gone)).await,
        FetchError::Unreachable(_)
    ));
    let impatient = client.fetch(at(silent), Duration::from_millis(100)).await;
    assert_eq!(impatient.err(), Some(FetchError::TooSlow));
}
