//! Taking files from a connected account into the library.

use fanfare_domain::MediaId;
use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform};
use fanfare_testkit::{Browser, Method, StatusCode, TestHub};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::on_both;

on_both!(
    a_drive_is_looked_through,
    a_file_arrives_once_and_says_from_where,
    ended_access_is_renewed_by_itself,
    what_broke_off_goes_on_where_it_stopped,
    what_may_pass_is_tried_again,
    what_is_kept_of_another_content_is_not_gone_on_with,
    who_finds_the_part_in_another_hand_waits,
    what_does_not_come_for_hours_is_given_up_and_kept,
    what_is_gone_there_fails_in_words_and_can_be_tried_again,
    what_was_called_off_does_not_arrive,
    an_account_without_files_says_so,
);

/// Ada with her Google Drive.
struct Drive<'a> {
    hub: &'a TestHub,
    ada: Browser,
    connection: String,
    picture: Value,
}

impl<'a> Drive<'a> {
    async fn of(hub: &'a TestHub) -> Self {
        let ada = hub.browser();
        ada.register("ada@example.com").await;
        let (connection, picture) = ada.connect_drive().await;
        Self {
            hub,
            ada,
            connection,
            picture,
        }
    }

    async fn files(&self, query: &str) -> Vec<Value> {
        let path = format!("/api/connections/{}/files{query}", self.connection);
        let page = self.ada.get(&path).await.expect(StatusCode::OK);
        page["items"].as_array().unwrap().clone()
    }

    async fn take(&self) -> Value {
        let file = &self.picture["id"];
        let body = json!({ "connection_id": self.connection, "file_id": file, "alt": "A loaf" });
        let begun = self.ada.post("/api/media/imports", body).await;
        begun.expect(StatusCode::CREATED)
    }

    async fn state(&self, import: &Value) -> Value {
        let path = format!("/api/media/imports/{}", import["id"].as_str().unwrap());
        self.ada.get(&path).await.expect(StatusCode::OK)
    }

    async fn library(&self) -> Vec<Value> {
        let library = self.ada.get("/api/media").await.expect(StatusCode::OK);
        library["items"].as_array().unwrap().clone()
    }

    fn break_next(&self, fault: Fault) {
        self.hub.sandbox.faults().add(FaultRule {
            platform: Some(Platform::GDrive),
            call: CallKind::Media,
            times: 1,
            ..FaultRule::new(fault)
        });
    }

    async fn pass_minutes(&self, minutes: i64) {
        self.hub.pass(SignedDuration::from_mins(minutes)).await;
    }
}

async fn a_drive_is_looked_through(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let top = drive.files("").await;
    let kinds: Vec<_> = top.iter().map(|file| file["kind"].clone()).collect();
    let first_file = kinds.iter().position(|kind| kind != "folder");
    let last_folder = kinds.iter().rposition(|kind| kind == "folder");
    assert!(last_folder < first_file, "folders first: {kinds:?}");
    let folder = top[0]["id"].as_str().unwrap();
    let inside = drive.files(&format!("?folder={folder}")).await;
    assert!(inside.iter().any(|file| file["id"] == drive.picture["id"]));
    let found = drive.files("?search=rye").await;
    assert!(found.iter().any(|file| file["id"] == drive.picture["id"]));
    let none = drive.files("?search=nothing%20is%20called%20so").await;
    assert!(none.is_empty());
    let path = format!("/api/connections/{}/files?limit=1", drive.connection);
    let page = drive.ada.get(&path).await.expect(StatusCode::OK);
    let cursor = page["next_cursor"].as_str().unwrap();
    let next = drive.files(&format!("?limit=1&cursor={cursor}")).await;
    assert_ne!(next[0]["id"], page["items"][0]["id"]);
}

async fn a_file_arrives_once_and_says_from_where(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    assert_eq!(begun["state"], "waiting");
    hub.run_jobs().await;
    let done = drive.state(&begun).await;
    assert_eq!(done["state"], "arrived", "{done:#}");
    assert_eq!(done["media"]["alt"], "A loaf");
    assert_eq!(done["media"]["file_name"], drive.picture["name"]);
    let list = drive.ada.get("/api/media/imports").await;
    assert_eq!(list.expect(StatusCode::OK)["items"], json!([]));
    assert_eq!(drive.library().await.len(), 1);
    let told = drive.ada.get("/api/audit?action=media.imported").await;
    let told = told.expect(StatusCode::OK)["items"].clone();
    assert_eq!(told.as_array().unwrap().len(), 1);
    let from = format!("gdrive:{}", drive.picture["id"].as_str().unwrap());
    assert_eq!(told[0]["detail"]["source"], json!(from), "{told:#}");
}

async fn ended_access_is_renewed_by_itself(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    assert_ne!(hub.sandbox.expire_tokens(None), 0);
    assert!(!drive.files("").await.is_empty());
    let begun = drive.take().await;
    assert_ne!(hub.sandbox.expire_tokens(None), 0);
    hub.run_jobs().await;
    assert_eq!(drive.state(&begun).await["state"], "arrived");
}

async fn what_broke_off_goes_on_where_it_stopped(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    drive.break_next(Fault::TimeoutAfter);
    hub.run_jobs().await;
    let waits = drive.state(&begun).await;
    assert_eq!(waits["state"], "waiting", "{waits:#}");
    assert_eq!(waits["error"]["code"], "platform_unavailable");
    let received = waits["received"].as_u64().unwrap();
    assert!(0 < received && received < waits["bytes"].as_u64().unwrap());
    let id = begun["id"].as_str().unwrap().parse().unwrap();
    let kept = std::fs::metadata(hub.app.local_files.upload_path(id)).unwrap();
    assert_eq!(kept.len(), received);
    drive.pass_minutes(1).await;
    assert_eq!(drive.state(&begun).await["state"], "arrived");
}

async fn what_may_pass_is_tried_again(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    drive.break_next(Fault::RateLimit);
    hub.run_jobs().await;
    assert_eq!(drive.state(&begun).await["state"], "waiting");
    drive.pass_minutes(10).await;
    assert_eq!(drive.state(&begun).await["state"], "arrived");
}

/// Half of it came while it was another picture.
async fn what_is_kept_of_another_content_is_not_gone_on_with(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    drive.break_next(Fault::TimeoutAfter);
    hub.run_jobs().await;
    let id: MediaId = begun["id"].as_str().unwrap().parse().unwrap();
    let path = hub.app.local_files.upload_path(id);
    let len = std::fs::metadata(&path).unwrap().len();
    std::fs::write(&path, vec![0; usize::try_from(len).unwrap()]).unwrap();
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    tx.execute("UPDATE media_imports SET version = 'old'", Vec::new())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    drive.pass_minutes(1).await;
    assert_eq!(drive.state(&begun).await["state"], "arrived");
}

async fn who_finds_the_part_in_another_hand_waits(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    let id: MediaId = begun["id"].as_str().unwrap().parse().unwrap();
    let held = std::fs::File::create(hub.app.local_files.upload_path(id)).unwrap();
    held.lock().unwrap();
    hub.run_jobs().await;
    assert_eq!(drive.state(&begun).await["state"], "waiting");
    drop(held);
    drive.pass_minutes(1).await;
    assert_eq!(drive.state(&begun).await["state"], "arrived");
}

async fn what_does_not_come_for_hours_is_given_up_and_kept(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    drive.break_next(Fault::TimeoutAfter);
    hub.run_jobs().await;
    let half = drive.state(&begun).await["received"].clone();
    hub.sandbox.faults().add(FaultRule {
        platform: Some(Platform::GDrive),
        call: CallKind::Media,
        times: 100,
        ..FaultRule::new(Fault::ServerError)
    });
    for _ in 0..20 {
        hub.clock.advance(SignedDuration::from_mins(16));
        hub.run_jobs().await;
    }
    let failed = drive.state(&begun).await;
    assert_eq!(failed["state"], "failed", "{failed:#}");
    let detail = failed["error"]["detail"].as_str().unwrap();
    assert!(!detail.contains("by itself"), "{detail}");
    assert_eq!(failed["received"], half);
    hub.sandbox.faults().clear();
    let path = format!("/api/media/imports/{}/retry", begun["id"].as_str().unwrap());
    let again = drive.ada.post(&path, json!({})).await;
    again.expect(StatusCode::OK);
    hub.run_jobs().await;
    assert_eq!(drive.state(&begun).await["state"], "arrived");
}

async fn what_is_gone_there_fails_in_words_and_can_be_tried_again(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    hub.sandbox.revoke_tokens(None);
    hub.run_jobs().await;
    let failed = drive.state(&begun).await;
    assert_eq!(failed["state"], "failed", "{failed:#}");
    assert!(
        failed["error"]["detail"]
            .as_str()
            .unwrap()
            .contains("Google Drive")
    );
    let path = format!("/api/connections/{}", drive.connection);
    let connection = drive.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(connection["status"], "revoked", "{connection:#}");
    drive.ada.connect_drive().await;
    let path = format!("/api/media/imports/{}/retry", begun["id"].as_str().unwrap());
    let again = drive
        .ada
        .post(&path, json!({}))
        .await
        .expect(StatusCode::OK);
    assert_eq!(again["state"], "waiting");
    let twice = drive.ada.post(&path, json!({})).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    hub.run_jobs().await;
    assert_eq!(drive.state(&begun).await["state"], "arrived");
}

async fn what_was_called_off_does_not_arrive(hub: &TestHub) {
    let drive = Drive::of(hub).await;
    let begun = drive.take().await;
    let path = format!("/api/media/imports/{}", begun["id"].as_str().unwrap());
    let gone = drive.ada.delete(&path).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    hub.run_jobs().await;
    assert!(drive.library().await.is_empty());
    let asked = drive.ada.request(Method::GET, &path);
    let asked = fanfare_testkit::read(asked).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND);
}

async fn an_account_without_files_says_so(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let channels = ada.connect("facebook", json!({})).await;
    let connection = channels[0]["connection_id"].as_str().unwrap();
    let path = format!("/api/connections/{connection}/files");
    let refused = ada.get(&path).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::CONFLICT, "not_possible_in_state")
    );
}
