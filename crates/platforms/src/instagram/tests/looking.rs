//! What can be told of a post that went out, and what proves nothing.

use fanfare_platform_kit::roles::{Look, Seen, Sent};

use super::*;

const POST: &str = "17890";

fn sent(receipt: Value) -> Sent {
    Sent {
        channel: channel(),
        credentials: own_credentials(at(NOW)),
        remote_id: POST.into(),
        text: "Fresh bread".into(),
        options: Options::new(),
        receipt,
    }
}

fn captioned(caption: &str) -> Reply {
    ok(json!({ "id": POST, "caption": caption }))
}

/// What Meta says of a thing that is not there, or that we may not see.
fn unseen() -> Reply {
    refused(100, 33)
}

async fn look(graph: &Scripted, post: &Sent) -> Result<Seen, PlatformError> {
    Look::look(&Instagram::new(), &graph.ctx, post).await
}

#[tokio::test]
async fn a_post_is_known_by_its_caption() {
    for (replies, seen) in [
        (vec![captioned("Fresh bread")], Seen::AsSent),
        (vec![captioned("Stale bread")], Seen::Edited),
        (vec![unseen(), id("1784")], Seen::Gone),
    ] {
        let graph = Scripted::start(ID, replies).await;
        let looked = look(&graph, &sent(json!({}))).await;
        assert_eq!(looked.unwrap(), seen);
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_seen_either_proves_nothing() {
    let graph = Scripted::start(ID, vec![unseen(), unseen()]).await;
    let looked = look(&graph, &sent(json!({}))).await;
    assert!(looked.is_err(), "{looked:?}");
}

#[tokio::test]
async fn a_container_and_a_story_are_not_asked_for() {
    let of_a_container = sent(json!({ "container": POST }));
    let of_a_story = Sent {
        options: Options::from_iter([("format".to_owned(), "story".into())]),
        ..sent(json!({}))
    };
    for post in [of_a_container, of_a_story] {
        let graph = Scripted::start(ID, Vec::new()).await;
        let error = look(&graph, &post).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::NotPossibleInState);
        assert!(graph.asked().is_empty());
    }
}
