//! The worker dies at every point at which it can die, on each pretend platform: after it is up again, the platform has the post
//! exactly once, and its first comment exactly once.
//!
//! A worker is a future, and it can only stop where it waits. So it is stopped after its first wait, after its second, and so on until it
//! gets through: between any two checkpoints, and between the platform's doing and our hearing of it.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use fanfare_domain::Clock;
use fanfare_store::jobs;
use fanfare_testkit::{Browser, StatusCode, TestDatabase, TestHub, both_databases};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// Polls `work` at most `polls` times, and then drops it. True when it ended by itself.
async fn until_killed(polls: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        work.as_mut().poll(context).map(|_| true)
    })
    .await
}

/// Frees what the dead worker held, as the next start does.
async fn bury(hub: &TestHub) {
    // What the platform was told before the worker died, it still does.
    tokio::time::sleep(Duration::from_millis(5)).await;
    let mut tx = hub
        .store
        .as_system("the worker died")
        .write()
        .await
        .unwrap();
    jobs::release_all(&mut tx, hub.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the first comment below that post says.
fn comment_below(text: &str) -> String {
    format!("Below: {text}")
}

async fn post(browser: &Browser, channel: &Value, text: &str, media: &[Value]) -> String {
    let media: Vec<_> = media
        .iter()
        .map(|file| json!({ "id": file["id"] }))
        .collect();
    let channel = channel["id"].as_str().unwrap();
    let options = json!({ "first_comment": comment_below(text) });
    let body = json!({
        "text": text, "media": media, "channel_ids": [channel], "schedule": { "kind": "now" },
        "variants": { channel: { "options": options } },
    });
    let post = browser
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    post["id"].as_str().unwrap().to_owned()
}

fn copies(hub: &TestHub, text: &str) -> usize {
    hub.sandbox
        .published()
        .iter()
        .filter(|post| post.text == text)
        .count()
}

/// How often the first comment is below that post.
fn comments(hub: &TestHub, text: &str) -> usize {
    let wanted = comment_below(text);
    hub.sandbox
        .comments()
        .iter()
        .filter(|comment| comment.text == wanted)
        .count()
}

/// Kills the worker at its first wait, then its second …, and checks each time that one post with one comment came of it.
async fn dies_everywhere(hub: &TestHub, browser: &Browser, channel: &Value, media: &[Value]) {
    let mut polls = 1;
    loop {
        let text = format!("Killed after {polls} waits on {}", channel["platform"]);
        let id = post(browser, channel, &text, media).await;
        let survived = until_killed(polls, hub.run_jobs()).await;
        bury(hub).await;
        hub.pass(SignedDuration::from_secs(150)).await;
        let after = browser
            .get(&format!("/api/posts/{id}"))
            .await
            .expect(StatusCode::OK);
        assert_eq!(after["state"], "published", "{text}: {after:#}");
        assert_eq!(copies(hub, &text), 1, "{text}");
        let comment = &after["deliveries"][0]["first_comment"];
        assert_eq!(comment["state"], "published", "{text}: {comment:#}");
        assert_eq!(comments(hub, &text), 1, "{text}");
        if survived {
            break;
        }
        polls += 1;
    }
    assert!(
        polls > 5,
        "it was killed at {polls} places only: does the test still reach the worker's waits?"
    );
}

/// A picture that every platform takes.
async fn picture(browser: &Browser) -> Value {
    browser
        .upload("loaf.jpg", fanfare_testkit::jpeg(640, 640))
        .await
}

both_databases!(facebook_text, async |database: &TestDatabase| {
    let hub = TestHub::start(database).await;
    let browser = hub.browser();
    browser.register("ada@example.com").await;
    let channels = browser.connect("facebook", json!({})).await;
    dies_everywhere(&hub, &browser, &channels[0], &[]).await;
    hub.stop().await;
});

both_databases!(facebook_picture, async |database: &TestDatabase| {
    let hub = TestHub::start(database).await;
    let browser = hub.browser();
    browser.register("ada@example.com").await;
    let channels = browser.connect("facebook", json!({})).await;
    let file = picture(&browser).await;
    dies_everywhere(&hub, &browser, &channels[0], &[file]).await;
    hub.stop().await;
});

both_databases!(instagram_picture, async |database: &TestDatabase| {
    let hub = TestHub::start(database).await;
    let browser = hub.browser();
    browser.register("ada@example.com").await;
    let channels = browser
        .connect("instagram", json!({ "login": "instagram" }))
        .await;
    let file = picture(&browser).await;
    dies_everywhere(&hub, &browser, &channels[0], &[file]).await;
    hub.stop().await;
});

both_databases!(mastodon_text, async |database: &TestDatabase| {
    let hub = TestHub::start(database).await;
    let browser = hub.browser();
    browser.register("ada@example.com").await;
    let channels = browser
        .connect("mastodon", json!({ "instance": hub.sandbox.url }))
        .await;
    dies_everywhere(&hub, &browser, &channels[0], &[]).await;
    hub.stop().await;
});
