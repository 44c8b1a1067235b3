//! What is made of Facebook's word about a post that is out.

use fanfare_platform_kit::roles::{Look, Seen, Sent};
use fanfare_platform_kit::{Credentials, Options, PlatformError};
use serde_json::{Value, json};

use crate::facebook::Facebook;
use crate::facebook::api::Access;
use crate::meta_graph::Token;
use crate::meta_graph::scripted::{Scripted, channel, ok, refused};

fn sent(remote_id: &str) -> Sent {
    let access = Access {
        token: Token::ours("EAAPAGE"),
        is_page: true,
        ends: None,
    };
    Sent {
        channel: channel(),
        credentials: Credentials::from_value(&access),
        remote_id: remote_id.to_owned(),
        text: "Bread at nine\nand at ten".to_owned(),
        options: Options::new(),
        receipt: Value::Null,
    }
}

async fn look(host: &Scripted, remote_id: &str) -> Result<Seen, PlatformError> {
    Facebook::new().look(&host.ctx, &sent(remote_id)).await
}

#[tokio::test]
async fn texts_are_compared_but_for_white_space() {
    let said = |text: &str| ok(json!({ "id": "1122_1", "message": text }));
    let video = ok(json!({ "id": "7", "description": "Bread at nine and at ten" }));
    let script = vec![
        said("Bread at nine and at ten"),
        said("Bread at ten"),
        video,
    ];
    let host = Scripted::start("facebook", script).await;
    assert_eq!(look(&host, "1122_1").await.unwrap(), Seen::AsSent);
    assert_eq!(look(&host, "1122_1").await.unwrap(), Seen::Edited);
    assert_eq!(look(&host, "7").await.unwrap(), Seen::AsSent);
}

/// Meta says of a deleted post what it says of everything in an outage.
#[tokio::test]
async fn a_post_is_gone_when_the_page_is_there() {
    let page = ok(json!({ "id": "1122" }));
    let script = vec![refused(100, 33), page, refused(100, 33), refused(100, 33)];
    let host = Scripted::start("facebook", script).await;
    assert_eq!(look(&host, "1122_1").await.unwrap(), Seen::Gone);
    assert!(look(&host, "1122_1").await.is_err());
    assert_eq!(host.calls()[1], "GET /v26.0/1122");
}
