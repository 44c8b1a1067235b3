//! Taking files out again, and clearing up after interruptions.

use std::fs::File;
use std::time::Duration;

use fanfare_app::media::{self, Swept};
use fanfare_store::audit::AuditFilter;
use fanfare_testkit::TestHub;
use jiff::SignedDuration;
use serde_json::json;

use crate::desk::Desk;
use crate::files::jpeg;
use crate::on_both;
use crate::upload::files_on_disk;

on_both!(
    a_deleted_file_is_gone,
    a_file_that_a_post_needs_stays,
    what_an_interruption_left_is_swept_away,
);

async fn a_deleted_file_is_gone(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("a.jpg", jpeg(600, 300)).await;
    let path = format!("/api/media/{}", media["id"].as_str().unwrap());
    assert_eq!(files_on_disk(hub), 2);
    assert_eq!(ann.delete(&path).await.status, 204);
    assert_eq!(files_on_disk(hub), 0);
    for part in ["", "/content", "/thumbnail"] {
        ann.get(&format!("{path}{part}"))
            .await
            .refused(404, "not_found");
    }
    ann.delete(&path).await.refused(404, "not_found");
    assert!(ann.library().await.is_empty());
    assert_eq!(audit(hub, &ann).await, ["media.uploaded", "media.deleted"]);
}

/// What the audit log says of files, the first first.
async fn audit(hub: &TestHub, desk: &Desk) -> Vec<String> {
    let workspace = crate::caller(hub, desk).await.workspace;
    let mut tx = hub.app.store.in_workspace(workspace).read().await.unwrap();
    let filter = AuditFilter {
        subject_kind: Some("media".to_owned()),
        ..AuditFilter::default()
    };
    let events = fanfare_store::audit::list(&mut tx, &filter, None, 100)
        .await
        .unwrap();
    let mut actions: Vec<_> = events.into_iter().map(|one| one.event.action).collect();
    // Both happen in one millisecond of a clock that stands still.
    actions.sort_by_key(|action| action != "media.uploaded");
    actions
}

async fn a_file_that_a_post_needs_stays(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("a.jpg", jpeg(600, 300)).await;
    let path = format!("/api/media/{}", media["id"].as_str().unwrap());
    let draft = json!({ "text": "Look", "media": [{ "id": media["id"] }] });
    let first = ann.post("/api/posts", draft.clone()).await.expect(201);
    let second = ann.post("/api/posts", draft).await.expect(201);
    assert_eq!(ann.get(&path).await.expect(200)["used_in"], 2);

    let words = ann.delete(&path).await.refused(409, "media_in_use");
    assert!(words.starts_with("2 posts"), "{words}");
    let post = |post: &serde_json::Value| format!("/api/posts/{}", post["id"].as_str().unwrap());
    assert_eq!(ann.delete(&post(&first)).await.status, 204);
    let words = ann.delete(&path).await.refused(409, "media_in_use");
    assert!(words.starts_with("A post"), "{words}");
    assert_eq!(ann.get(&format!("{path}/content")).await.status, 200);
    assert_eq!(ann.delete(&post(&second)).await.status, 204);
    assert_eq!(ann.delete(&path).await.status, 204);
}

async fn what_an_interruption_left_is_swept_away(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    ann.upload("kept.jpg", jpeg(600, 300)).await;
    let upload = ann.begin("b.mp4", 1_000).await.expect(201);
    let left = [
        "incoming/0011",
        "a7/01890a5d-ac96-774b-bcce-b302099a80a7.jpg",
        "a7/notes.txt",
    ];
    std::fs::create_dir_all(hub.app.local_files.root().join("a7")).unwrap();
    for name in left {
        File::create(hub.app.local_files.root().join(name)).unwrap();
    }
    assert_eq!(
        media::sweep(&hub.app).await.unwrap(),
        Swept::default(),
        "all of it is young"
    );

    age_everything(hub, Duration::from_secs(25 * 3_600));
    assert_eq!(
        media::sweep(&hub.app).await.unwrap(),
        Swept {
            uploads: 0,
            files: 2
        }
    );
    // The picture, its thumbnail, the upload under way, and what has no name that we would give.
    assert_eq!(files_on_disk(hub), 4);

    hub.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(
        media::sweep(&hub.app).await.unwrap(),
        Swept {
            uploads: 1,
            files: 1
        }
    );
    assert_eq!(files_on_disk(hub), 3);
    let path = format!("/api/media/uploads/{}", upload["id"].as_str().unwrap());
    ann.get(&path).await.refused(404, "not_found");
}

/// Makes every file as old as that by the hub's clock.
fn age_everything(hub: &TestHub, age: Duration) {
    let then = std::time::SystemTime::from(hub.app.now()) - age;
    for folder in std::fs::read_dir(hub.app.local_files.root().join("")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let file = File::options()
                .write(true)
                .open(file.unwrap().path())
                .unwrap();
            file.set_modified(then).unwrap();
        }
    }
}
