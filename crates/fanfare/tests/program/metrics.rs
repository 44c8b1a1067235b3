//! `/metrics` of a running program: labels stay few, whatever strangers ask for.

use std::time::Duration;

use reqwest::{Client, Method};

use crate::running::{self, Running};

#[tokio::test]
async fn strangers_make_no_labels() {
    fanfare::use_one_tls();
    let folder = tempfile::tempdir().unwrap();
    let serving = Running::start(running::fanfare(
        folder.path(),
        &["serve", "--listen", "127.0.0.1:0"],
    ));
    let client = Client::builder()
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    let ask = async |method: &str, path: &str| {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let asked = client.request(method, serving.url(path));
        asked.send().await.unwrap()
    };
    for number in 0..3 {
        for path in ["api/odd", "health/odd", "hooks/odd", "odd", "a/odd.js"] {
            let path = format!("{path}{number}");
            ask("GET", &path).await;
            ask(&format!("ODD{number}"), &path).await;
        }
        ask(&format!("ODD{number}"), "health/live").await;
    }
    let told = ask("GET", "metrics").await.text().await.unwrap();
    let counted = told
        .lines()
        .filter(|line| line.starts_with("http_requests_total{"))
        .collect::<Vec<_>>();
    let has = |label: &str| counted.iter().any(|line| line.contains(label));
    assert!(has("method=\"other\",route=\"/health/live\""), "{told}");
    assert!(has("method=\"GET\",route=\"/api/{*rest}\""), "{told}");
    assert!(has("method=\"GET\",route=\"other\""), "{told}");
    assert!(!told.to_lowercase().contains("odd"), "{told}");
    assert!(serving.terminate());
}
