//! By SMTP.

use fanfare_backends::mail::Smtp;
use fanfare_domain::Secret;
use fanfare_domain::mail::{MailFailure, MailSender, MailTransport as _, OutgoingMail};
use fanfare_testkit::{Certificates, StatusCode, TestDatabase, TestHub, both_databases};
use jiff::SignedDuration;
use serde_json::json;

use super::server::Server;
use super::{administrator, message, send_test};

both_databases!(
    a_message_arrives_in_both_forms,
    async |database: &TestDatabase| {
        let Some(server) = Server::start(&[]) else {
            return;
        };
        let url = format!("smtp://127.0.0.1:{}", server.port);
        let hub = hub(database, &url).await;
        let ada = administrator(&hub).await;
        let overview = ada.get("/api/admin/mail").await.expect(StatusCode::OK);
        assert_eq!(overview["transport"], "smtp");
        assert_eq!(overview["from"], "Team <team@example.com>");

        let sent = send_test(&hub, &ada, "grace@example.com").await;
        assert_eq!(
            (&sent["status"], &sent["attempts"]),
            (&json!("sent"), &json!(1)),
            "{sent}"
        );
        // What it said lies nowhere any more.
        assert_eq!(sent.get("text"), None);
        let taken = server.next();
        assert_eq!(taken["from"], "team@example.com");
        assert_eq!(taken["to"], json!(["grace@example.com"]));
        assert_eq!(taken["headers"]["From"], "Team <team@example.com>");
        assert_eq!(taken["headers"]["Subject"], "Fanfare can send mail");
        assert_eq!(taken["headers"]["Auto-Submitted"], "auto-generated");
        let id = format!("<{}@example.com>", sent["id"].as_str().unwrap());
        assert_eq!(taken["headers"]["Message-ID"], id);
        for form in ["text", "html"] {
            let body = taken[form].as_str().unwrap();
            assert!(body.contains("Ada Moreno sent this"), "{body}");
        }
        hub.stop().await;
    }
);

both_databases!(
    an_invitation_that_was_mailed_proves_its_address,
    async |database: &TestDatabase| {
        let Some(server) = Server::start(&[]) else {
            return;
        };
        let hub = hub(database, &format!("smtp://127.0.0.1:{}", server.port)).await;
        let ada = administrator(&hub).await;
        let invited = json!({ "email": "ben@example.com", "role": "viewer" });
        let invited = ada.post("/api/invitations", invited).await;
        let invited = invited.expect(StatusCode::CREATED);
        assert_eq!(
            (&invited["mailed"], &invited["link"]),
            (&json!(true), &json!(null))
        );
        hub.run_jobs().await;
        let text = server.next()["text"].as_str().unwrap().to_owned();
        let (_, rest) = text.split_once("/invitation?token=").unwrap();
        let token: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let joining = json!({ "token": token, "name": "Ben", "password": "the same bread twice" });
        let joined = hub.browser().post("/api/invitations/accept", joining).await;
        assert_eq!(
            joined.expect(StatusCode::OK)["user"]["email_verified"],
            true
        );
        hub.stop().await;
    }
);

both_databases!(
    an_address_that_takes_no_mail_is_not_tried_again,
    async |database: &TestDatabase| {
        let Some(server) = Server::start(&[]) else {
            return;
        };
        let hub = hub(database, &format!("smtp://127.0.0.1:{}", server.port)).await;
        let ada = administrator(&hub).await;
        let bounced = send_test(&hub, &ada, "gone@example.com").await;
        assert_eq!(bounced["status"], "bounced");
        let said = bounced["error"].as_str().unwrap();
        assert!(said.contains("No such mailbox"), "{said}");
        let second = send_test(&hub, &ada, "gone@example.com").await;
        assert_eq!(second["status"], "suppressed");
        let refused = send_test(&hub, &ada, "full@example.com").await;
        assert_eq!(refused["status"], "failed");
        // An administrator who knows better tries it again.
        let path = format!(
            "/api/admin/mail/messages/{}/retry",
            second["id"].as_str().unwrap()
        );
        let again = ada.post(&path, json!({})).await.expect(StatusCode::OK);
        assert_eq!(again["status"], "queued");
        hub.run_jobs().await;
        assert_eq!(message(&ada, &second).await["status"], "bounced");
        assert!(server.is_quiet());
        hub.stop().await;
    }
);

both_databases!(
    a_busy_or_absent_server_is_tried_later,
    async |database: &TestDatabase| {
        let Some(server) = Server::start(&[]) else {
            return;
        };
        let hub = hub(database, &format!("smtp://127.0.0.1:{}", server.port)).await;
        let ada = administrator(&hub).await;
        let waiting = send_test(&hub, &ada, "busy@example.com").await;
        assert_eq!(waiting["status"], "queued");
        assert!(
            waiting["error"]
                .as_str()
                .unwrap()
                .contains("Try again later")
        );
        hub.pass(SignedDuration::from_secs(61)).await;
        assert_eq!(message(&ada, &waiting).await["status"], "sent");
        assert_eq!(server.next()["to"], json!(["busy@example.com"]));

        drop(server);
        let lost = send_test(&hub, &ada, "grace@example.com").await;
        assert_eq!(lost["status"], "queued");
        for wait in [1, 5, 15, 60, 240, 720] {
            hub.clock.advance(SignedDuration::from_mins(wait));
            hub.run_jobs().await;
        }
        let lost = message(&ada, &lost).await;
        assert_eq!(
            (&lost["status"], &lost["attempts"]),
            (&json!("failed"), &json!(7))
        );
        hub.stop().await;
    }
);

#[tokio::test]
async fn tls_is_insisted_on() {
    fanfare::use_one_tls();
    let certificates = Certificates::make();
    let (ca, key) = (certificates.text("ca.pem"), certificates.text("server.key"));
    let certificate = certificates.text("server.pem");
    for (way, scheme) in [("--tls", "smtps"), ("--starttls", "smtp")] {
        let options = [way, &certificate, &key, "--password", "ada", "p@ss word"];
        let Some(server) = Server::start(&options) else {
            return;
        };
        let send = async |password: &str, query: &str| {
            let at = format!("localhost:{}{query}", server.port);
            send(&format!("{scheme}://ada:{password}@{at}")).await
        };
        let trusting = format!("?ca={ca}");
        assert_eq!(send("p%40ss%20word", &trusting).await, Ok(()));
        let taken = server.next();
        assert_eq!(
            (&taken["tls"], &taken["signed_in"]),
            (&json!(true), &json!(true))
        );
        // A server that anybody could be gets neither password nor message, and a wrong password is said.
        let stranger = send("p%40ss%20word", "").await.unwrap_err().to_string();
        assert!(stranger.contains("certificate"), "{stranger}");
        let wrong = send("wrong", &trusting).await;
        assert!(matches!(wrong, Err(MailFailure::Settings(_))), "{wrong:?}");
        assert!(server.is_quiet());
    }
    // A server without STARTTLS is not spoken to in the open.
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let url = format!("smtp://localhost:{}?tls=required", server.port);
    assert!(send(&url).await.is_err());
    assert!(server.is_quiet());
}

async fn send(url: &str) -> Result<(), MailFailure> {
    let mail = OutgoingMail {
        unsubscribe: None,
        id: "0191".to_owned(),
        from: MailSender::parse("team@example.com").unwrap(),
        to: "grace@example.com".to_owned(),
        subject: "Hello".to_owned(),
        html: "<p>Hello</p>".to_owned(),
        text: "Hello".to_owned(),
    };
    Smtp::new(&Secret::new(url)).unwrap().send(&mail).await
}

async fn hub(database: &TestDatabase, url: &str) -> TestHub {
    let variables = [
        ("FANFARE_SMTP_URL", url),
        ("FANFARE_MAIL_FROM", "Team <team@example.com>"),
    ];
    TestHub::start_with(database, &variables).await
}
