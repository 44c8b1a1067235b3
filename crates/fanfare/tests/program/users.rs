//! `fanfare users` beside a running program.

use std::path::Path;
use std::process::Command;

use fanfare_domain::{Clock as _, SystemClock};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, both_databases};
use serde_json::{Value, json};

use crate::running::{self, Running, run};

const PASSWORD: &str = "correct horse battery staple";

/// No mail and no pretend mailbox: links are handed over.
fn fanfare(data: &Path, database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = running::fanfare(data, arguments);
    command
        .env("FANFARE_DATABASE_URL", &database.url)
        .env("FANFARE_REGISTRATION", "open")
        .env("FANFARE_SANDBOX", "off");
    command
}

struct Place<'a> {
    data: &'a Path,
    database: &'a TestDatabase,
    serving: Running,
}

impl<'a> Place<'a> {
    fn start(data: &'a Path, database: &'a TestDatabase) -> Self {
        fanfare::use_one_tls();
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        Self {
            data,
            database,
            serving: Running::start(fanfare(data, database, &serve)),
        }
    }

    fn users(&self, arguments: &[&str]) -> (bool, String) {
        let all = [&["users"], arguments].concat();
        run(&mut fanfare(self.data, self.database, &all))
    }

    fn does(&self, arguments: &[&str]) -> String {
        let (good, words) = self.users(arguments);
        assert!(good, "{arguments:?}: {words}");
        words
    }

    fn refuses(&self, arguments: &[&str], why: &str) {
        let (good, words) = self.users(arguments);
        assert!(!good && words.contains(why), "{arguments:?}: {words}");
    }

    fn browser(&self) -> Browser {
        Browser::at(self.serving.url("").parse().unwrap())
    }

    async fn log_in(&self, email: &str, password: &str) -> (StatusCode, Value) {
        let body = json!({ "email": email, "password": password });
        let reply = self.browser().post("/api/auth/login", body).await;
        (reply.status, reply.body)
    }
}

async fn is_signed_in(browser: &Browser) -> bool {
    let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
    status["authenticated"] == true
}

both_databases!(
    people_are_listed_shut_out_and_let_in_again,
    async |database: &TestDatabase| {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::start(folder.path(), database);
        let (ada, ben) = (place.browser(), place.browser());
        ada.register("ada@example.com").await;
        ben.register("ben@example.com").await;

        let words = place.does(&["list"]);
        let mut lines: Vec<&str> = words.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines.len(), 2, "{words}");
        assert!(
            lines[0].starts_with("ada@example.com  Ada Moreno  last seen "),
            "{words}"
        );
        assert!(lines[0].contains("administrator"), "{words}");
        assert!(!lines[1].contains("administrator"), "{words}");

        let words = place.does(&["disable", " Ben@Example.com"]);
        assert_eq!(
            words,
            "ben@example.com (Ada Moreno) may not sign in any more; all sessions have ended.\n"
        );
        assert!(!is_signed_in(&ben).await);
        assert_ne!(
            place.log_in("ben@example.com", PASSWORD).await.0,
            StatusCode::OK
        );
        assert!(place.does(&["list"]).contains("disabled"));
        place.does(&["enable", "ben@example.com"]);
        assert_eq!(
            place.log_in("ben@example.com", PASSWORD).await.0,
            StatusCode::OK
        );

        place.refuses(
            &["disable", "nobody@example.com"],
            "There is no such person",
        );
        place.refuses(&["disable", "ada@example.com"], "only administrator");
        assert!(is_signed_in(&ada).await);
        let (good, words) = run(&mut fanfare(folder.path(), database, &["audit", "show"]));
        assert!(good, "{words}");
        for action in ["user.disabled", "user.enabled"] {
            assert!(words.contains(action), "{action}: {words}");
        }
    }
);

both_databases!(
    administrators_are_made_and_unmade,
    async |database: &TestDatabase| {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::start(folder.path(), database);
        let (ada, ben) = (place.browser(), place.browser());
        ada.register("ada@example.com").await;
        ben.register("ben@example.com").await;
        let people = async |browser: &Browser| browser.get("/api/admin/users").await.status;

        assert_eq!(people(&ben).await, StatusCode::FORBIDDEN);
        let words = place.does(&["make-admin", "ben@example.com"]);
        assert!(
            words.contains("administers this installation now"),
            "{words}"
        );
        assert_eq!(people(&ben).await, StatusCode::OK);
        place.does(&["unmake-admin", "ada@example.com"]);
        assert_eq!(people(&ada).await, StatusCode::FORBIDDEN);
        place.refuses(&["unmake-admin", "ben@example.com"], "only administrator");
        assert_eq!(people(&ben).await, StatusCode::OK);
    }
);

both_databases!(
    a_lost_second_step_and_a_lost_password_are_helped,
    async |database: &TestDatabase| {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::start(folder.path(), database);
        let ada = place.browser();
        ada.register("ada@example.com").await;
        switch_on(&ada).await;
        let (_, asked) = place.log_in("ada@example.com", PASSWORD).await;
        assert_eq!(asked["two_factor_required"], true);
        assert!(place.does(&["list"]).contains("two-factor"));

        let words = place.does(&["without-two-factor", "ada@example.com"]);
        assert!(words.contains("password alone"), "{words}");
        let (status, got) = place.log_in("ada@example.com", PASSWORD).await;
        assert_eq!(status, StatusCode::OK);
        assert!(got["user"].is_object(), "{got}");

        let words = place.does(&["reset-password", "ada@example.com"]);
        assert!(words.contains("All sessions of ada@example.com have ended"));
        assert!(!is_signed_in(&ada).await);
        let (_, token) = words.trim().split_once("token=").expect("a link");
        let new = "another horse battery staple";
        let body = json!({ "token": token, "password": new });
        let changed = ada.post("/api/auth/reset-password", body.clone()).await;
        assert!(changed.status.is_success(), "{changed:?}");
        assert_eq!(place.log_in("ada@example.com", new).await.0, StatusCode::OK);
        assert_eq!(
            place.log_in("ada@example.com", PASSWORD).await.0,
            StatusCode::UNAUTHORIZED
        );
        let twice = ada.post("/api/auth/reset-password", body).await;
        assert_eq!(twice.code(), "link_invalid");
        place.refuses(
            &["reset-password", "nobody@example.com"],
            "There is no such person",
        );
    }
);

/// Switches the second step on by the machine's clock.
async fn switch_on(browser: &Browser) {
    let setup = browser.post("/api/auth/2fa/setup", json!({})).await;
    let setup = setup.expect(StatusCode::OK);
    let secret = totp_rs::Secret::try_from_base32(setup["secret"].as_str().unwrap()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(SystemClock.now().as_second()).unwrap();
    let code = totp.generate(now).to_string();
    browser
        .post("/api/auth/2fa/verify", json!({ "code": code }))
        .await
        .expect(StatusCode::OK);
}
