//! Pictures and videos, from upload to deletion, over HTTP. Each test runs on both databases.

#[cfg(feature = "s3")]
mod bucket;
mod deleting;
mod desk;
mod files;
mod importing;
mod making;
mod order;
mod pieces;
mod serving;
mod upload;

use std::sync::Arc;

use fanfare_app::api_keys::KeyCalls;
use fanfare_app::avatars::Avatars;
use fanfare_app::mail::Mail;
use fanfare_app::media::LocalFiles;
use fanfare_app::{App, Caller};
use fanfare_backends::limits::MemoryLimits;
use fanfare_domain::role::Role;
use fanfare_jobs::JobSignal;
use fanfare_testkit::TestHub;

use desk::Desk;

/// Makes tests of functions that take a hub.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &fanfare_testkit::TestDatabase| {
            let hub = $crate::desk::hub(database).await;
            super::$name(&hub).await;
            hub.stop().await;
        });
    )+};
}
pub(crate) use on_both;

/// Who sits at that desk, as use cases want to know it.
async fn caller(hub: &TestHub, desk: &Desk) -> Caller {
    let status = desk.get("/api/auth/status").await.expect(200);
    let mut tx = hub.app.store.as_system("test").read().await.unwrap();
    let user = status["user"]["id"].as_str().unwrap();
    let session = tx
        .one(
            fanfare_store::sql!("SELECT id FROM sessions WHERE user_id = $1"),
            fanfare_store::binds![user],
            |row| row.id("id"),
        )
        .await
        .unwrap();
    Caller {
        user: user.parse().unwrap(),
        name: "test".to_owned(),
        via: fanfare_app::Via::Session(session),
        workspace: status["workspace_id"].as_str().unwrap().parse().unwrap(),
        role: Role::Owner,
        is_admin: false,
        is_verified: true,
        took_two_steps: false,
        request_key: None,
    }
}

/// The hub as a new process finds it: the same database and the same disk, and nothing else.
fn after_restart(hub: &TestHub) -> App {
    App {
        store: hub.app.store.clone(),
        clock: hub.app.clock.clone(),
        platforms: hub.app.platforms.clone(),
        settings: hub.app.settings.clone(),
        http: hub.app.http.clone(),
        vault: hub.app.vault.clone(),
        passwords: hub.app.passwords.clone(),
        limits: Arc::new(MemoryLimits::new(hub.app.clock.clone())),
        oidc: None,
        #[cfg(feature = "passkeys")]
        passkeys: None,
        mail: Mail::default(),
        key_calls: KeyCalls::default(),
        local_files: LocalFiles::open(hub.app.local_files.root()).unwrap(),
        media_files: Arc::clone(&hub.app.media_files),
        media_links: hub.app.media_links.clone(),
        avatars: Avatars::default(),
        ingest: hub.app.ingest.clone(),
        jobs: JobSignal::default(),
        config: hub.app.config.clone(),
    }
}
