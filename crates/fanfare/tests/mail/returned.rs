//! Messages that come back by mail, as a mail server hands them to `fanfare mail bounce`.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use fanfare_testkit::{Browser, TestDatabase, TestHub, both_databases};
use serde_json::{Value, json};

use super::server::Server;
use super::{administrator, message, send_test};

const TAKEN: Option<i32> = Some(0);
const BAD_DATA: Option<i32> = Some(65);
const LATER: Option<i32> = Some(75);

both_databases!(
    what_comes_back_shows_in_the_log_and_stops_bounces,
    async |database: &TestDatabase| {
        let Some(server) = Server::start(&[]) else {
            return;
        };
        let url = format!("smtp://127.0.0.1:{}", server.port);
        let variables = [
            ("FANFARE_SMTP_URL", url.as_str()),
            ("FANFARE_MAIL_FROM", "Team <team@example.com>"),
        ];
        let hub = TestHub::start_with(database, &variables).await;
        let ada = administrator(&hub).await;
        let folder = tempfile::tempdir().unwrap();
        let hand_over = |notice: &str| bounce(folder.path(), &database.url, notice);

        // Late, which is no end.
        let sent = sent_to(&hub, &ada, &server, "grace@example.com").await;
        let late = notice(&sent, "grace@example.com", "delayed", "4.4.1");
        let (code, words) = hand_over(&late);
        assert_eq!(code, TAKEN, "{words}");
        assert!(words.contains("still tried"), "{words}");
        assert_eq!(state(&ada, &sent).await, ("sent".into(), Value::Null));

        // This message was not taken; the next may be.
        let full = notice(&sent, "grace@example.com", "failed", "5.2.2");
        assert_eq!(hand_over(&full).0, TAKEN);
        let (status, said) = state(&ada, &sent).await;
        assert_eq!(status, "failed");
        assert_eq!(said, "552 <grace@example.com>: refused with 5.2.2");
        let next = sent_to(&hub, &ada, &server, "grace@example.com").await;

        // Whoever the mail went on to from there does not decide about the address that we write to.
        let forwarded = notice(&next, "someone@elsewhere.example", "failed", "5.1.1");
        assert_eq!(hand_over(&forwarded).0, TAKEN);
        assert_eq!(state(&ada, &next).await.0, "failed");
        let next = sent_to(&hub, &ada, &server, "grace@example.com").await;

        // The address does not exist. It may be told twice.
        let unknown = notice(&next, "Grace@Example.com", "failed", "5.1.1");
        for _ in 0..2 {
            let (code, words) = hand_over(&unknown);
            assert_eq!(code, TAKEN, "{words}");
            assert!(
                words.contains("grace@example.com: takes no mail"),
                "{words}"
            );
            assert_eq!(state(&ada, &next).await.0, "bounced");
        }
        let held_back = send_test(&hub, &ada, "grace@example.com").await;
        assert_eq!(held_back["status"], "suppressed");
        hub.stop().await;
    }
);

both_databases!(
    nobody_is_silenced_by_who_has_not_seen_the_message,
    async |database: &TestDatabase| {
        let Some(server) = Server::start(&[]) else {
            return;
        };
        let url = format!("smtp://127.0.0.1:{}", server.port);
        let hub = TestHub::start_with(database, &[("FANFARE_SMTP_URL", url.as_str())]).await;
        let ada = administrator(&hub).await;
        let folder = tempfile::tempdir().unwrap();
        for id in ["01a1fa4f-b4d2-7828-887f-245a61288886", "no-id-of-ours", ""] {
            let forged = notice(&json!({ "id": id }), "grace@example.com", "failed", "5.1.1");
            let (code, words) = bounce(folder.path(), &database.url, &forged);
            assert_eq!(code, TAKEN, "{words}");
            assert!(words.contains("nothing was noted"), "{words}");
        }
        sent_to(&hub, &ada, &server, "grace@example.com").await;
        hub.stop().await;
    }
);

#[test]
fn what_is_no_notice_is_refused_and_what_cannot_be_noted_waits() {
    let folder = tempfile::tempdir().unwrap();
    let absent = format!("sqlite:{}/none.sqlite", folder.path().display());
    let good = notice(&json!({ "id": "7" }), "a@example.com", "failed", "5.1.1");
    let letter = "From: ada@example.com\nSubject: Hello\n\nI am on holiday.\n";
    let endless = good.clone() + &"x".repeat(3 * 1024 * 1024);
    for (message, code, why) in [
        ("", BAD_DATA, "no message with a header"),
        (letter, BAD_DATA, "no delivery status notification"),
        (&endless, BAD_DATA, "longer than 1024 KiB"),
        (&good, LATER, "There is no database at"),
    ] {
        let (got, words) = bounce(folder.path(), &absent, message);
        assert_eq!(got, code, "{words}");
        assert!(words.contains(why), "{words}");
    }
    let (got, words) = bounce(folder.path(), "nonsense", &good);
    assert_eq!(got, LATER, "{words}");
}

/// What the program ends with, and all that it says.
fn bounce(data: &Path, database: &str, message: &str) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fanfare"))
        .args(["mail", "bounce"])
        .env("FANFARE_DATA", data)
        .env("FANFARE_DATABASE_URL", database)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = program.stdin.take().unwrap();
    input.write_all(message.as_bytes()).unwrap();
    drop(input);
    let ended = program.wait_with_output().unwrap();
    let words = [ended.stdout, ended.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (ended.status.code(), words.concat())
}

/// A notice about a message of ours.
fn notice(message: &Value, to: &str, action: &str, status: &str) -> String {
    let id = message["id"].as_str().unwrap();
    format!(
        "From: MAILER-DAEMON@mail.example.com\nTo: team@example.com\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nI am sorry.\n\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.com\n\n\
         Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n\
         Diagnostic-Code: smtp; 552 <{to}>: refused with {status}\n\n\
         --b\nContent-Type: message/rfc822\n\nMessage-ID: <{id}@example.com>\nTo: {to}\n\nHello\n--b--\n"
    )
}

/// A test message that left and arrived at the server.
async fn sent_to(hub: &TestHub, ada: &Browser, server: &Server, to: &str) -> Value {
    let sent = send_test(hub, ada, to).await;
    assert_eq!(sent["status"], "sent", "{sent}");
    assert_eq!(server.next()["to"], json!([to]));
    sent
}

async fn state(ada: &Browser, sent: &Value) -> (String, Value) {
    let message = message(ada, sent).await;
    let status = message["status"].as_str().unwrap().to_owned();
    (status, message["error"].clone())
}
