//! What happens in the sandbox arrives by its webhooks and takes effect, whatever goes wrong on the way.

use std::time::Duration;

use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform, Subscription};
use fanfare_testkit::{StatusCode, TestDatabase, both_databases, client, film, jpeg};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::effects::{published, published_with};
use super::station::{SECRET, Station, Table};

macro_rules! pretended {
    ($($name:ident),+ $(,)?) => {$(
        both_databases!($name, async |database: &TestDatabase| {
            let station = Station::begin(database).await;
            super::$name(&Told::begin(&station).await).await;
            station.hub.stop().await;
        });
    )+};
}

pretended!(
    what_happens_there_is_known_here,
    what_happens_to_pictures_and_videos_is_known_here,
    what_comes_twice_and_in_another_order_changes_nothing,
    what_happens_while_nobody_listens_is_heard_later,
    what_is_told_before_the_receipt_is_known_too,
    what_is_wrongly_signed_is_refused_and_not_kept,
);

/// A Page whose sandbox tells the hub, with one post that is out.
struct Told<'a> {
    station: &'a Station,
    delivery: Value,
}

impl<'a> Told<'a> {
    async fn begin(station: &'a Station) -> Self {
        let (channel, page) = station.page().await;
        let sandbox = &station.hub.sandbox;
        sandbox.behave(|behaviour| {
            behaviour.webhook_gather_ms = 20;
            behaviour.webhook_time_scale = 3_000;
        });
        sandbox.subscribe(Subscription {
            account: page,
            client_id: "sandbox-facebook".to_owned(),
            secret: SECRET.to_owned(),
            fields: vec!["feed".to_owned(), "messages".to_owned()],
        });
        let delivery = published(station, &channel).await;
        let told = Self { station, delivery };
        told.listen(true);
        told.settle().await;
        told
    }

    /// Another post on the same Page, with a file.
    async fn beside(&self, name: &str, bytes: Vec<u8>) -> Self {
        let station = self.station;
        let media = station.ada.upload(name, bytes).await;
        let channel = self.delivery["channel_id"].as_str().unwrap();
        // What is told before the receipt is here is of nothing that is known.
        self.listen(false);
        let delivery = published_with(station, channel, &[media]).await;
        let told = Self { station, delivery };
        told.listen(true);
        told.settle().await;
        told
    }

    fn listen(&self, is_there: bool) {
        // Nobody listens on the port of discarded things.
        let url = if is_there {
            self.station.hub.url.join("/hooks").unwrap()
        } else {
            "http://127.0.0.1:9/hooks".parse().unwrap()
        };
        self.station.hub.sandbox.send_webhooks_to(Some(url));
    }

    fn fault(&self, fault: Fault) {
        self.station.hub.sandbox.faults().add(FaultRule {
            call: CallKind::Webhook,
            delay_ms: (fault == Fault::Reordered).then_some(200),
            ..FaultRule::new(fault)
        });
    }

    async fn act(&self, act: Value) {
        let mut act = act;
        act["post"] = self.delivery["remote_id"].clone();
        let url = self.station.hub.sandbox.url.join("/admin/acts").unwrap();
        let answer = client().post(url).json(&act).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
    }

    /// Waits until everything was told, and works it off.
    async fn settle(&self) {
        for _ in 0..1000 {
            if self.station.hub.sandbox.untold() == 0 {
                self.station.hub.run_jobs().await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?}", self.station.hub.sandbox.sent_webhooks());
    }

    async fn known(&self) -> Value {
        let path = format!("/api/deliveries/{}", self.delivery["id"].as_str().unwrap());
        self.station.ada.get(&path).await.expect(StatusCode::OK)
    }

    async fn engagement(&self) -> (Value, Value) {
        let known = self.known().await;
        let engagement = &known["engagement"];
        (
            engagement["comments"].clone(),
            engagement["reactions"].clone(),
        )
    }

    /// All that can be done to a post is done to it, and known here.
    async fn is_heard_of(&self) {
        let change = async || self.known().await["at_platform"]["change"].clone();
        let pass = || self.station.hub.clock.advance(SignedDuration::from_secs(5));
        assert_eq!(change().await, "added");
        self.act(json!({"act": "comment", "text": "Lovely"})).await;
        self.act(json!({"act": "like", "who": "Ben Lindqvist"}))
            .await;
        self.act(json!({"act": "share"})).await;
        self.settle().await;
        assert_eq!(self.engagement().await, (json!(1), json!(1)));
        assert_eq!(self.known().await["engagement"]["shares"], 1);

        self.listen(false);
        self.act(json!({"act": "comment", "text": "And again"}))
            .await;
        self.catch_up().await;
        assert_eq!(self.engagement().await.0, 2, "what was read");
        self.listen(true);

        for (act, known) in [("edit", "edited"), ("delete", "removed")] {
            pass();
            self.act(json!({"act": act, "text": "Stale bread"})).await;
            self.settle().await;
            assert_eq!(change().await, known);
        }
        assert_eq!(self.engagement().await, (json!(2), json!(1)));
    }

    async fn catch_up(&self) {
        let channel = self.delivery["channel_id"].as_str().unwrap();
        let path = format!("/api/channels/{channel}/catch-up");
        let begun = self.station.ada.post(&path, json!({})).await;
        begun.expect(StatusCode::OK);
        self.station.hub.run_jobs().await;
    }
}

async fn what_happens_there_is_known_here(told: &Told<'_>) {
    told.is_heard_of().await;
}

async fn what_happens_to_pictures_and_videos_is_known_here(told: &Told<'_>) {
    for (name, bytes, path) in [
        ("loaf.jpg", jpeg(600, 600), "/posts/"),
        ("loaf.mp4", film(640, 360, 900), "/videos/"),
        ("upright.mp4", film(360, 640, 900), "/reel/"),
    ] {
        let told = told.beside(name, bytes).await;
        let permalink = told.delivery["permalink"].as_str().unwrap();
        assert!(permalink.contains(path), "{permalink}");
        told.is_heard_of().await;
    }
}

async fn what_comes_twice_and_in_another_order_changes_nothing(told: &Told<'_>) {
    for fault in [Fault::Reordered, Fault::Duplicate, Fault::Duplicate] {
        told.fault(fault);
    }
    for (number, who) in ["Ann Okafor", "Ben Lindqvist", "Carla Rossi"]
        .into_iter()
        .enumerate()
    {
        told.act(json!({"act": "comment", "text": format!("Number {number}"), "who": who}))
            .await;
        told.act(json!({"act": "like", "who": who})).await;
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    told.settle().await;
    assert!(told.station.hub.sandbox.faults().list().is_empty());
    assert_eq!(told.engagement().await, (json!(3), json!(3)));
    assert_eq!(told.station.count(Table::Engagement).await, 6);
}

async fn what_happens_while_nobody_listens_is_heard_later(told: &Told<'_>) {
    told.listen(false);
    for number in 0..5 {
        told.act(json!({"act": "comment", "text": format!("Number {number}")}))
            .await;
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    assert_eq!(told.station.hub.sandbox.untold(), 5);
    told.listen(true);
    told.settle().await;
    assert_eq!(told.engagement().await, (json!(5), json!(0)));
    assert_eq!(told.station.count(Table::Engagement).await, 5);
}

async fn what_is_wrongly_signed_is_refused_and_not_kept(told: &Told<'_>) {
    let before = told.station.count(Table::Receipts).await;
    // Slow enough that the first attempt is seen alone.
    told.station
        .hub
        .sandbox
        .behave(|behaviour| behaviour.webhook_time_scale = 1);
    for _ in 0..2 {
        told.fault(Fault::WrongSignature);
    }
    told.act(json!({"act": "comment", "text": "Lovely"})).await;
    let sandbox = &told.station.hub.sandbox;
    let refused = || {
        let sent = sandbox.sent_webhooks();
        sent.iter().filter(|one| one.status == Some(401)).count()
    };
    for _ in 0..500 {
        if refused() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(refused(), 2);
    told.station.hub.run_jobs().await;
    assert_eq!(told.station.count(Table::Receipts).await, before);
    assert_eq!(told.engagement().await, (json!(0), json!(0)));
}

/// The answer to the call that publishes is lost, and for a while nobody can be asked; meanwhile the post is told of.
async fn what_is_told_before_the_receipt_is_known_too(told: &Told<'_>) {
    let station = told.station;
    let faults = station.hub.sandbox.faults();
    for (call, fault, times) in [
        (CallKind::Publish, Fault::TimeoutAfter, 1),
        (CallKind::Read, Fault::ServerError, 10_000),
    ] {
        faults.add(FaultRule {
            platform: Some(Platform::Facebook),
            call,
            times,
            ..FaultRule::new(fault)
        });
    }
    let channel = &told.delivery["channel_id"];
    let post =
        json!({ "text": "Rye bread", "channel_ids": [channel], "schedule": { "kind": "now" } });
    let post = station.ada.post("/api/posts", post).await;
    let post = post.expect(StatusCode::CREATED);
    station.hub.pass(SignedDuration::from_secs(20)).await;
    let published = station.hub.sandbox.published();
    let remote_id = &published.last().unwrap().remote_id;
    let late = Told {
        station,
        delivery: json!({ "id": post["deliveries"][0]["id"], "remote_id": remote_id }),
    };
    late.act(json!({"act": "comment", "text": "Already?"}))
        .await;
    late.settle().await;
    let known = late.known().await;
    assert_eq!(known["state"], "publishing", "{known:#}");
    assert_eq!(known["at_platform"], Value::Null);
    assert_eq!(late.engagement().await.0, 0);

    faults.clear();
    station.hub.pass(SignedDuration::from_mins(3)).await;
    station.hub.run_jobs().await;
    let known = late.known().await;
    assert_eq!(known["state"], "published", "{known:#}");
    assert_eq!(known["remote_id"], json!(remote_id));
    assert_eq!(known["at_platform"]["change"], "added");
    assert_eq!(late.engagement().await.0, 1);
    // Each is news once.
    let heard = station
        .ada
        .get("/api/notifications?kind=comment_received")
        .await;
    let heard = heard.expect(StatusCode::OK);
    assert_eq!(heard["items"].as_array().unwrap().len(), 1, "{heard:#}");
}
