//! A workspace with pretend accounts connected, and somebody at a browser.

use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, TestHub};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

pub struct Newsroom {
    pub hub: TestHub,
    pub browser: Browser,
    /// Two pretend Pages.
    pub pages: Vec<Value>,
    pub mastodon: Value,
}

impl Newsroom {
    pub async fn open(database: &TestDatabase) -> Self {
        let hub = TestHub::start(database).await;
        let browser = hub.browser();
        browser.register("ada@example.com").await;
        let pages = browser.connect("facebook", json!({})).await;
        let instance = json!({ "instance": hub.sandbox.url });
        let mastodon = browser.connect("mastodon", instance).await.remove(0);
        Self {
            hub,
            browser,
            pages,
            mastodon,
        }
    }

    pub async fn close(self) {
        self.hub.stop().await;
    }

    /// The page and the Mastodon account.
    pub fn two_channels(&self) -> Vec<&Value> {
        vec![&self.pages[0], &self.mastodon]
    }

    pub async fn post(&self, text: &str, channels: &[&Value], schedule: Value) -> Value {
        let ids: Vec<_> = channels.iter().map(|channel| &channel["id"]).collect();
        let body = json!({ "text": text, "channel_ids": ids, "schedule": schedule });
        self.browser
            .post("/api/posts", body)
            .await
            .expect(StatusCode::CREATED)
    }

    pub async fn post_now(&self, text: &str, channels: &[&Value]) -> Value {
        self.post(text, channels, json!({ "kind": "now" })).await
    }

    pub async fn post_in(&self, text: &str, channels: &[&Value], minutes: i64) -> Value {
        let schedule =
            json!({ "kind": "at", "at": self.at(minutes), "time_zone": "Europe/Madrid" });
        self.post(text, channels, schedule).await
    }

    /// So many minutes from now, by the hub's clock.
    pub fn at(&self, minutes: i64) -> Timestamp {
        self.hub.app.now() + SignedDuration::from_mins(minutes)
    }

    pub async fn read(&self, post: &Value) -> Value {
        let path = format!("/api/posts/{}", id(post));
        self.browser.get(&path).await.expect(StatusCode::OK)
    }

    /// The post's delivery to that platform, as it is now.
    pub async fn delivery(&self, post: &Value, platform: &str) -> Value {
        let post = self.read(post).await;
        let deliveries = post["deliveries"].as_array().unwrap();
        let found = deliveries
            .iter()
            .find(|delivery| delivery["platform"] == platform);
        found.unwrap().clone()
    }

    /// The next `times` calls of that kind go wrong.
    pub fn break_next(&self, platform: Platform, call: CallKind, fault: Fault, times: u32) {
        self.hub.sandbox.faults().add(FaultRule {
            platform: Some(platform),
            call,
            times,
            ..FaultRule::new(fault)
        });
    }

    /// A post that goes out now with a first comment on each channel.
    pub async fn post_with_comment(&self, text: &str, comment: &str, channels: &[&Value]) -> Value {
        let ids: Vec<_> = channels.iter().map(|channel| id(channel)).collect();
        let variant = json!({ "options": { "first_comment": comment } });
        let variants: serde_json::Map<_, _> = ids
            .iter()
            .map(|id| ((*id).to_owned(), variant.clone()))
            .collect();
        let body = json!({
            "text": text, "channel_ids": ids, "variants": variants, "schedule": { "kind": "now" },
        });
        self.browser
            .post("/api/posts", body)
            .await
            .expect(StatusCode::CREATED)
    }

    /// How often that text is below a post.
    pub fn comments(&self, text: &str) -> usize {
        let comments = self.hub.sandbox.comments();
        comments
            .iter()
            .filter(|comment| comment.text == text)
            .count()
    }

    /// How often the pretend platforms show that text.
    pub fn copies(&self, text: &str) -> usize {
        let published = self.hub.sandbox.published();
        published.iter().filter(|post| post.text == text).count()
    }

    pub async fn pass_minutes(&self, minutes: i64) {
        self.hub.pass(SignedDuration::from_mins(minutes)).await;
    }
}

pub fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}
