//! What SendGrid tells of messages afterwards, signed with a key of the test's own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fanfare_testkit::{
    Browser, Method, Reply, StatusCode, TestDatabase, TestHub, both_databases, read,
};
use jiff::SignedDuration;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::sendgrid::stand_in;
use super::{administrator, message, send_test};

const SPKI_HEAD: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

/// The key that SendGrid would have.
struct Signer(EcdsaKeyPair, SystemRandom);

impl Signer {
    fn new() -> Self {
        let random = SystemRandom::new();
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random)
                .unwrap();
        Self(pair, random)
    }

    fn public(&self) -> String {
        let head = (0..SPKI_HEAD.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&SPKI_HEAD[at..at + 2], 16).unwrap());
        let der: Vec<u8> = head
            .chain(self.0.public_key().as_ref().iter().copied())
            .collect();
        STANDARD.encode(der)
    }

    async fn tell(&self, hub: &TestHub, at: i64, events: Value) -> Reply {
        let body = format!("{events}\r\n");
        let signed = self
            .0
            .sign(&self.1, format!("{at}{body}").as_bytes())
            .unwrap();
        let request = hub
            .browser()
            .request(Method::POST, "/hooks/mail/sendgrid")
            .header("X-Twilio-Email-Event-Webhook-Timestamp", at.to_string())
            .header(
                "X-Twilio-Email-Event-Webhook-Signature",
                STANDARD.encode(signed.as_ref()),
            )
            .body(body);
        read(request).await
    }
}

/// A hub that sends by a stand-in for SendGrid, whoever signs for that, and the hub's administrator.
async fn hub(database: &TestDatabase) -> (TestHub, Signer, Browser) {
    let (url, _) = stand_in().await;
    let signer = Signer::new();
    let key = signer.public();
    let variables = [
        ("FANFARE_SENDGRID_API_KEY", "SG.right"),
        ("FANFARE_SENDGRID_API_URL", url.as_str()),
        ("FANFARE_SENDGRID_WEBHOOK_KEY", key.as_str()),
    ];
    let hub = TestHub::start_with(database, &variables).await;
    let ada = administrator(&hub).await;
    (hub, signer, ada)
}

/// Addresses that are left alone, and why.
async fn suppressions(ada: &Browser) -> Vec<(String, String)> {
    let list = ada.get("/api/admin/mail/suppressions").await;
    let list = list.expect(StatusCode::OK);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|one| (text(&one["address"]), text(&one["refusal"])))
        .collect()
}

both_databases!(
    a_complaint_or_a_drop_holds_no_way_back_into_an_account_back,
    async |database: &TestDatabase| {
        let (hub, signer, ada) = hub(database).await;
        let now = hub.app.now().as_second();
        let own = "ada@example.com";
        let sent = send_test(&hub, &ada, own).await;
        for (event, reset) in [
            ("spamreport", "sent"),
            ("dropped", "sent"),
            ("bounce", "suppressed"),
        ] {
            let told = json!([{ "event": event, "email": own, "fanfare_id": sent["id"], "type": "bounce" }]);
            signer.tell(&hub, now, told).await;
            assert_eq!(
                status_of_next(&hub, &ada, own).await,
                "suppressed",
                "{event}"
            );
            let asked = json!({ "email": own });
            hub.browser().post("/api/auth/forgot-password", asked).await;
            hub.run_jobs().await;
            let log = ada.get("/api/admin/mail/messages").await;
            let log = log.expect(StatusCode::OK);
            let newest = &log["items"][0];
            assert_eq!(newest["kind"], "reset_password");
            assert_eq!(newest["status"], reset, "{event}");
        }
        hub.stop().await;
    }
);

both_databases!(
    what_is_told_later_shows_in_the_log_and_stops_bounces,
    async |database: &TestDatabase| {
        let (hub, signer, ada) = hub(database).await;
        let now = hub.app.now().as_second();
        let sent = send_test(&hub, &ada, "grace@example.com").await;
        assert_eq!(sent["delivered_at"], Value::Null);
        let event = |kind: &str, of: &Value| json!([{ "event": kind, "email": of["to"], "fanfare_id": of["id"], "reason": "550 no such user", "type": "bounce" }]);

        let told = signer.tell(&hub, now, event("delivered", &sent)).await;
        assert_eq!(told.status, StatusCode::NO_CONTENT, "{told:?}");
        let delivered = message(&ada, &sent).await;
        assert!(delivered["delivered_at"].is_string(), "{delivered}");
        assert_eq!(delivered["status"], "sent");

        let lost = send_test(&hub, &ada, "gone@example.com").await;
        for _ in 0..2 {
            let told = signer.tell(&hub, now, event("bounce", &lost)).await;
            assert_eq!(told.status, StatusCode::NO_CONTENT);
        }
        let bounced = message(&ada, &lost).await;
        assert_eq!(bounced["status"], "bounced");
        assert_eq!(bounced["error"], "550 no such user");
        assert_eq!(
            status_of_next(&hub, &ada, "gone@example.com").await,
            "suppressed"
        );
        signer.tell(&hub, now, event("spamreport", &sent)).await;
        assert_eq!(
            status_of_next(&hub, &ada, "grace@example.com").await,
            "suppressed"
        );
        let list = suppressions(&ada).await;
        assert_eq!(
            list,
            [
                ("gone@example.com".to_owned(), "bounced".to_owned()),
                ("grace@example.com".to_owned(), "unwanted".to_owned()),
            ]
        );
        // Whatever is told besides: an address that does not exist stays one.
        signer.tell(&hub, now, event("dropped", &lost)).await;
        assert_eq!(suppressions(&ada).await, list);

        let path = "/api/admin/mail/suppressions/gone@example.com";
        assert_eq!(ada.delete(path).await.status, StatusCode::NO_CONTENT);
        assert_eq!(ada.delete(path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(status_of_next(&hub, &ada, "gone@example.com").await, "sent");
        let log = ada.get("/api/admin/audit").await.expect(StatusCode::OK);
        let released = &log["items"][0];
        assert_eq!(released["action"], "mail_address.released");
        assert_eq!(released["subject_id"], "g…@example.com");

        let old = now - SignedDuration::from_hours(30).as_secs();
        let refused = signer.tell(&hub, old, event("bounce", &sent)).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNAUTHORIZED, "signature_invalid")
        );
        let other = Signer::new();
        let refused = other.tell(&hub, now, event("bounce", &sent)).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNAUTHORIZED, "signature_invalid")
        );
        let unsigned = hub
            .browser()
            .request(Method::POST, "/hooks/mail/sendgrid")
            .body("[]");
        assert_eq!(read(unsigned).await.status, StatusCode::UNAUTHORIZED);
        let nobody = hub
            .browser()
            .request(Method::POST, "/hooks/mail/pigeon")
            .body("[]");
        assert_eq!(read(nobody).await.status, StatusCode::NOT_FOUND);
        hub.stop().await;
    }
);

async fn status_of_next(hub: &TestHub, ada: &Browser, to: &str) -> Value {
    send_test(hub, ada, to).await["status"].clone()
}
