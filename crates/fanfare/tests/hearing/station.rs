//! A hub that hears, somebody at a browser there, and what a platform would send.

use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_testkit::{Browser, Method, Reply, StatusCode, TestDatabase, TestHub, read};
use serde_json::{Value, json};

pub const SECRET: &str = "webhook-secret";
pub const TOKEN: &str = "verify-me";

pub struct Station {
    pub hub: TestHub,
    pub ada: Browser,
}

impl Station {
    pub async fn begin(database: &TestDatabase) -> Self {
        let secrets = format!("another, {SECRET}");
        let variables = [
            ("FANFARE_FACEBOOK_WEBHOOK_SECRET", secrets.as_str()),
            ("FANFARE_FACEBOOK_VERIFY_TOKEN", TOKEN),
            ("FANFARE_WHATSAPP_WEBHOOK_SECRET", SECRET),
            ("FANFARE_REGISTRATION", "open"),
        ];
        let hub = TestHub::start_with(database, &variables).await;
        let ada = hub.browser();
        ada.register("ada@example.com").await;
        Self { hub, ada }
    }

    /// Connects Ada's pretend Pages, and answers the first one's channel id and its id at the platform.
    pub async fn page(&self) -> (String, String) {
        let channels = self.ada.connect("facebook", json!({})).await;
        self.hub.run_jobs().await;
        let word = |name: &str| channels[0][name].as_str().unwrap().to_owned();
        (word("id"), word("remote_id"))
    }

    pub async fn send(&self, platform: &str, body: &Value) -> Reply {
        self.send_signed(platform, body.to_string().into_bytes())
            .await
    }

    /// Any bytes, signed as the platform signs them.
    pub async fn send_signed(&self, platform: &str, body: Vec<u8>) -> Reply {
        let signature = hmac_sha256_hex(SECRET.as_bytes(), &body);
        self.send_raw(platform, body, Some(format!("sha256={signature}")))
            .await
    }

    pub async fn send_raw(
        &self,
        platform: &str,
        body: Vec<u8>,
        signature: Option<String>,
    ) -> Reply {
        let request = self
            .hub
            .browser()
            .request(Method::POST, &format!("/hooks/{platform}"))
            .header("content-type", "application/json");
        let request = match signature {
            Some(signature) => request.header("X-Hub-Signature-256", signature),
            None => request,
        };
        read(request.body(body)).await
    }

    /// Tells something of a Page, which is taken.
    pub async fn tell(&self, page: &str, values: &[Value]) {
        let sent = self.send("facebook", &feed(page, values)).await;
        assert_eq!(sent.status, StatusCode::OK, "{sent:?}");
    }

    /// The same, and works it off.
    pub async fn tell_and_work(&self, page: &str, values: &[Value]) {
        self.tell(page, values).await;
        self.hub.run_jobs().await;
    }

    /// The events that Ada sees, the oldest first.
    pub async fn events(&self, query: &str) -> Vec<Value> {
        let list = self
            .ada
            .get(&format!("/api/webhook-events?limit=100{query}"))
            .await
            .expect(StatusCode::OK);
        let mut items = list["items"].as_array().unwrap().clone();
        items.reverse();
        items
    }

    pub async fn stats(&self, query: &str) -> Value {
        let path = format!("/api/webhook-events/stats{query}");
        self.ada.get(&path).await.expect(StatusCode::OK)
    }

    /// How many rows a table has.
    pub async fn count(&self, table: Table) -> i64 {
        self.rows(table.counted()).await
    }

    /// How many rows a statement finds.
    pub async fn rows(&self, statement: &'static str) -> i64 {
        let mut tx = self.hub.store.as_system("count").read().await.unwrap();
        tx.one(statement, Vec::new(), |row| row.int("found"))
            .await
            .unwrap()
    }

    /// The text that a statement finds.
    pub async fn text(&self, statement: &'static str) -> String {
        let mut tx = self.hub.store.as_system("look").read().await.unwrap();
        tx.one(statement, Vec::new(), |row| row.text("found"))
            .await
            .unwrap()
    }
}

#[derive(Clone, Copy)]
pub enum Table {
    Receipts,
    Inbox,
    Engagement,
    Messages,
}

impl Table {
    fn counted(self) -> &'static str {
        match self {
            Self::Receipts => "SELECT COUNT(*) AS found FROM webhook_receipts",
            Self::Inbox => "SELECT COUNT(*) AS found FROM webhook_inbox",
            Self::Engagement => "SELECT COUNT(*) AS found FROM engagement",
            Self::Messages => "SELECT COUNT(*) AS found FROM inbound_messages",
        }
    }
}

/// A request about the feed of a Page.
pub fn feed(page: &str, values: &[Value]) -> Value {
    let changes: Vec<Value> = values
        .iter()
        .map(|value| json!({ "field": "feed", "value": value }))
        .collect();
    json!({ "object": "page", "entry": [{ "id": page, "time": 1_790_000_000, "changes": changes }] })
}

pub fn comment(id: &str, verb: &str, at: i64) -> Value {
    json!({ "item": "comment", "verb": verb, "comment_id": id, "post_id": "p_1", "from": { "id": "99", "name": "Ann" },
        "created_time": at, "message": "Nice" })
}

/// Of a kind that is known, and not as that kind is.
pub fn poison(mark: &str) -> Value {
    json!({ "item": "comment", "verb": "add", "mark": mark })
}
