//! Folders, tags, searching, sorting and usage.

use fanfare_store::audit::AuditFilter;
use fanfare_testkit::TestHub;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Answer, Desk, part};
use crate::files::{jpeg, mp4};
use crate::on_both;

on_both!(
    folders_are_made_moved_and_deleted,
    folders_keep_their_rules,
    files_go_into_folders_and_out_again,
    tags_are_kept_counted_and_looked_for,
    words_are_found_in_names_texts_and_tags,
    every_order_comes_in_pages_without_gaps,
    usage_names_the_posts,
    a_name_can_be_changed,
    walls_stand_around_folders_and_tags,
    a_repeated_request_makes_one_folder,
);

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn folder(desk: &Desk, name: &str, parent: Option<&Value>) -> Value {
    let parent = parent.map(|parent| parent["id"].clone());
    desk.post(
        "/api/media/folders",
        json!({ "name": name, "parent_id": parent }),
    )
    .await
    .expect(201)
}

async fn folders(desk: &Desk) -> Vec<String> {
    let list = desk.get("/api/media/folders").await.expect(200);
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| format!("{} {}", item["name"].as_str().unwrap(), item["files"]))
        .collect()
}

/// The names of the files that a list shows.
async fn names(desk: &Desk, query: &str) -> Vec<String> {
    let list = desk.get(&format!("/api/media?{query}")).await.expect(200);
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["file_name"].as_str().unwrap().to_owned())
        .collect()
}

async fn change(desk: &Desk, media: &Value, change: Value) -> Value {
    let path = format!("/api/media/{}", id(media));
    desk.patch(&path, change).await.expect(200)
}

async fn folders_are_made_moved_and_deleted(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let bread = folder(&ann, " Bread  and rolls ", None).await;
    assert_eq!(
        (&bread["name"], &bread["parent_id"]),
        (&json!("Bread and rolls"), &json!(null))
    );
    let rye = folder(&ann, "Rye", Some(&bread)).await;
    let shop = folder(&ann, "Shop", None).await;
    assert_eq!(
        folders(&ann).await,
        ["Bread and rolls 0", "Rye 0", "Shop 0"]
    );

    let path = format!("/api/media/folders/{}", id(&rye));
    let moved = json!({ "name": "Roggen", "parent_id": shop["id"] });
    let moved = ann.patch(&path, moved).await.expect(200);
    assert_eq!(
        (&moved["name"], &moved["parent_id"]),
        (&json!("Roggen"), &shop["id"])
    );
    let top = ann
        .patch(&path, json!({ "parent_id": null }))
        .await
        .expect(200);
    assert_eq!(
        (&top["name"], &top["parent_id"]),
        (&json!("Roggen"), &json!(null))
    );

    let loaf = ann.upload("loaf.jpg", jpeg(8, 8)).await;
    change(&ann, &loaf, json!({ "folder_id": rye["id"] })).await;
    let inner = folder(&ann, "Inner", Some(&rye)).await;
    let words = ann.delete(&path).await.refused(409, "folder_not_empty");
    assert!(
        words.contains("1 file lies in it and 1 folder lies in it"),
        "{words}"
    );
    ann.patch(&path, json!({ "parent_id": shop["id"] }))
        .await
        .expect(200);
    assert_eq!(
        ann.delete(&format!("{path}?content=move_up")).await.status,
        204
    );
    let loaf = ann
        .get(&format!("/api/media/{}", id(&loaf)))
        .await
        .expect(200);
    assert_eq!(loaf["folder_id"], shop["id"]);
    let inner = ann
        .get(&format!("/api/media/folders/{}", id(&inner)))
        .await
        .expect(200);
    assert_eq!(inner["parent_id"], shop["id"]);
    ann.get(&path).await.refused(404, "not_found");
    assert_eq!(
        ann.delete(&format!("/api/media/folders/{}", id(&bread)))
            .await
            .status,
        204
    );

    let actions = audit(hub, &ann).await;
    for action in [
        "media_folder.created",
        "media_folder.changed",
        "media_folder.deleted",
    ] {
        assert!(actions.contains(&action.to_owned()), "{action}");
    }
}

async fn audit(hub: &TestHub, desk: &Desk) -> Vec<String> {
    let workspace = crate::caller(hub, desk).await.workspace;
    let mut tx = hub.app.store.in_workspace(workspace).read().await.unwrap();
    let events = fanfare_store::audit::list(&mut tx, &AuditFilter::default(), None, 100)
        .await
        .unwrap();
    events.into_iter().map(|one| one.event.action).collect()
}

async fn folders_keep_their_rules(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let mut inside = vec![folder(&ann, "1", None).await];
    for name in ["2", "3", "4", "5"] {
        let next = folder(&ann, name, inside.last()).await;
        inside.push(next);
    }
    let other = folder(&ann, "Öl", None).await;
    for (input, field, code) in [
        (json!({ "name": " " }), "name", "required"),
        (json!({ "name": "x".repeat(81) }), "name", "too_long"),
        (json!({ "name": "öL" }), "name", "name_taken"),
        (
            json!({ "name": "6", "parent_id": inside[4]["id"] }),
            "parent_id",
            "out_of_range",
        ),
        (
            json!({ "name": "6", "parent_id": "nowhere" }),
            "parent_id",
            "unknown_folder",
        ),
        (
            json!({ "name": "6", "parent_id": "01890a5d-ac96-774b-bcce-b302099a80a7" }),
            "parent_id",
            "unknown_folder",
        ),
    ] {
        let wrong = ann
            .post("/api/media/folders", input.clone())
            .await
            .wrong_fields();
        assert_eq!(wrong, [(field.to_owned(), code.to_owned())], "{input}");
    }
    let first = format!("/api/media/folders/{}", id(&inside[0]));
    for (parent, code) in [
        (&inside[0], "not_allowed"),
        (&inside[3], "not_allowed"),
        (&other, "out_of_range"),
    ] {
        let wrong = ann
            .patch(&first, json!({ "parent_id": parent["id"] }))
            .await
            .wrong_fields();
        assert_eq!(wrong, [("parent_id".to_owned(), code.to_owned())]);
    }
    // What would move up meets its like.
    folder(&ann, "Shop", None).await;
    folder(&ann, "shop", Some(&other)).await;
    let path = format!("/api/media/folders/{}?content=move_up", id(&other));
    let wrong = ann.delete(&path).await.wrong_fields();
    assert_eq!(wrong, [("name".to_owned(), "name_taken".to_owned())]);
}

async fn files_go_into_folders_and_out_again(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let bread = folder(&ann, "Bread", None).await;
    let rye = folder(&ann, "Rye", Some(&bread)).await;
    let form = reqwest::multipart::Form::new()
        .part("file", part("in.jpg", "image/jpeg", jpeg(8, 8)))
        .text("folder_id", id(&bread).to_owned());
    let media = ann.send_form(form).await.expect(201);
    assert_eq!(media["folder_id"], bread["id"]);
    let film = mp4(1_000);
    let begun = json!({ "file_name": "deep.mp4", "bytes": film.len(), "folder_id": rye["id"] });
    let upload = ann.post("/api/media/uploads", begun).await.expect(201);
    let film = ann.piece(id(&upload), 0, &film).await.expect(201);
    assert_eq!(film["folder_id"], rye["id"]);
    ann.upload("out.jpg", jpeg(8, 8)).await;

    let (bread_id, rye_id) = (id(&bread), id(&rye));
    assert_eq!(
        names(&ann, &format!("folder_id={bread_id}")).await,
        ["in.jpg"]
    );
    assert_eq!(
        names(&ann, &format!("folder_id={rye_id}")).await,
        ["deep.mp4"]
    );
    assert_eq!(names(&ann, "folder_id=none").await, ["out.jpg"]);
    assert_eq!(names(&ann, "").await.len(), 3);
    // Looking for words in a folder looks below it too.
    assert_eq!(
        names(&ann, &format!("folder_id={bread_id}&q=deep")).await,
        ["deep.mp4"]
    );
    assert_eq!(
        names(&ann, &format!("folder_id={rye_id}&q=in.jpg")).await,
        [""; 0]
    );

    let out = change(&ann, &media, json!({ "folder_id": null })).await;
    assert_eq!(out["folder_id"], json!(null));
    let wrong = ann
        .patch(
            &format!("/api/media/{}", id(&media)),
            json!({ "folder_id": id(&media) }),
        )
        .await
        .wrong_fields();
    assert_eq!(
        wrong,
        [("folder_id".to_owned(), "unknown_folder".to_owned())]
    );
    let wrong = ann
        .get(&format!("/api/media?folder_id={}", id(&media)))
        .await
        .wrong_fields();
    assert_eq!(
        wrong,
        [("folder_id".to_owned(), "unknown_folder".to_owned())]
    );
}

async fn tags_are_kept_counted_and_looked_for(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let first = ann.upload("a.jpg", jpeg(8, 8)).await;
    let second = ann.upload("b.jpg", jpeg(8, 8)).await;
    let tagged = change(
        &ann,
        &first,
        json!({ "tags": ["#Autumn", "  Sour  dough", "autumn"] }),
    )
    .await;
    assert_eq!(tagged["tags"], json!(["autumn", "sour dough"]));
    change(&ann, &second, json!({ "add_tags": ["Autumn"] })).await;
    let fewer = change(
        &ann,
        &first,
        json!({ "add_tags": ["new"], "remove_tags": ["Sour dough"] }),
    )
    .await;
    assert_eq!(fewer["tags"], json!(["autumn", "new"]));

    let list = ann.get("/api/media/tags").await.expect(200);
    assert_eq!(
        list["items"],
        json!([{ "tag": "autumn", "files": 2 }, { "tag": "new", "files": 1 }])
    );
    assert_eq!(names(&ann, "tag=New").await, ["a.jpg"]);
    assert_eq!(names(&ann, "tag=autumn").await.len(), 2);
    assert_eq!(
        ann.delete(&format!("/api/media/{}", id(&first)))
            .await
            .status,
        204
    );
    let list = ann.get("/api/media/tags").await.expect(200);
    assert_eq!(list["items"], json!([{ "tag": "autumn", "files": 1 }]));
}

async fn words_are_found_in_names_texts_and_tags(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let loaf = ann.upload("Señal 100%.jpg", jpeg(8, 8)).await;
    change(
        &ann,
        &loaf,
        json!({ "alt": "A loaf at the ÉTAL", "tags": ["autumn"] }),
    )
    .await;
    ann.upload("other.jpg", jpeg(8, 8)).await;
    for query in [
        "SEÑAL",
        "étal",
        "autumn",
        "loaf+autumn",
        "100%25",
        "the+l+f+a",
    ] {
        assert_eq!(
            names(&ann, &format!("q={query}")).await,
            ["Señal 100%.jpg"],
            "{query}"
        );
    }
    for query in ["loaf+other", "100_", "%25%25"] {
        assert_eq!(names(&ann, &format!("q={query}")).await, [""; 0], "{query}");
    }
    change(&ann, &loaf, json!({ "alt": "", "tags": [] })).await;
    assert_eq!(names(&ann, "q=autumn").await, [""; 0]);
}

async fn every_order_comes_in_pages_without_gaps(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    // Equal names and equal sizes among them.
    for (name, size) in [
        ("B.jpg", 20),
        ("a.jpg", 60),
        ("b.jpg", 20),
        ("c.jpg", 8),
        ("b.jpg", 90),
    ] {
        ann.upload(name, jpeg(size, size)).await;
    }
    ann.upload("film.mp4", mp4(600_000)).await;
    for (sort, expected) in [
        (
            "newest",
            ["film.mp4", "b.jpg", "c.jpg", "b.jpg", "a.jpg", "B.jpg"],
        ),
        (
            "oldest",
            ["B.jpg", "a.jpg", "b.jpg", "c.jpg", "b.jpg", "film.mp4"],
        ),
        (
            "name",
            ["a.jpg", "B.jpg", "b.jpg", "b.jpg", "c.jpg", "film.mp4"],
        ),
        (
            "largest",
            ["film.mp4", "b.jpg", "a.jpg", "b.jpg", "B.jpg", "c.jpg"],
        ),
    ] {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/media?limit=2&sort={sort}{cursor}");
            let page = ann.get(&path).await.expect(200);
            let items = page["items"].as_array().unwrap().iter();
            found.extend(items.map(|item| item["file_name"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, expected, "{sort}");
    }
    assert_eq!(names(&ann, "kind=video").await, ["film.mp4"]);
    for (query, field) in [
        ("kind=sound", "kind"),
        ("sort=name&cursor=x", "cursor"),
        ("sort=largest&cursor=1.x", "cursor"),
        ("sort=size", "sort"),
    ] {
        let wrong = ann.get(&format!("/api/media?{query}")).await.wrong_fields();
        assert_eq!(wrong[0].0, field, "{query}");
    }
}

async fn usage_names_the_posts(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let shown = ann.upload("shown.jpg", jpeg(8, 8)).await;
    let other = ann.upload("other.jpg", jpeg(8, 8)).await;
    let media = json!([{ "id": other["id"] }, { "id": shown["id"], "alt": "Here" }]);
    let first = ann
        .post("/api/posts", json!({ "text": "First", "media": media }))
        .await
        .expect(201);
    let media = json!([{ "id": shown["id"] }]);
    let second = ann
        .post("/api/posts", json!({ "text": "Second", "media": media }))
        .await
        .expect(201);

    let path = format!("/api/media/{}", id(&shown));
    let usage = ann.get(&format!("{path}/usage")).await.expect(200);
    let told: Vec<_> = usage["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                &item["post_id"],
                &item["position"],
                &item["alt"],
                &item["keeps_file"],
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (&second["id"], &json!(1), &json!(null), &json!(true)),
            (&first["id"], &json!(2), &json!("Here"), &json!(true)),
        ]
    );
    let page = ann.get(&format!("{path}/usage?limit=1")).await.expect(200);
    let next = page["next_cursor"].as_str().unwrap();
    let page = ann
        .get(&format!("{path}/usage?limit=1&cursor={next}"))
        .await
        .expect(200);
    assert_eq!(page["items"][0]["post_id"], first["id"]);

    let refused = ann.delete(&path).await.expect(409);
    let named: Vec<_> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            (
                error["field"].as_str().unwrap(),
                error["detail"].as_str().unwrap(),
            )
        })
        .collect();
    let field = |post: &Value| format!("posts.{}", id(post));
    assert_eq!(
        named,
        [
            (field(&second).as_str(), "“Second” is a draft."),
            (field(&first).as_str(), "“First” is a draft."),
        ]
    );
    assert_eq!(names(&ann, "unused=true").await, [""; 0]);
    ann.upload("new.jpg", jpeg(8, 8)).await;
    assert_eq!(names(&ann, "unused=true").await, ["new.jpg"]);
}

async fn a_name_can_be_changed(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("IMG_0001.jpg", jpeg(8, 8)).await;
    let named = change(&ann, &media, json!({ "file_name": " Rye loaf.jpg " })).await;
    assert_eq!(named["file_name"], "Rye loaf.jpg");
    assert_eq!(named["alt"], media["alt"]);
    assert_eq!(names(&ann, "q=rye").await, ["Rye loaf.jpg"]);
    for (name, code) in [(" ", "required"), (&"x".repeat(256), "too_long")] {
        let path = format!("/api/media/{}", id(&media));
        let wrong = ann
            .patch(&path, json!({ "file_name": name }))
            .await
            .wrong_fields();
        assert_eq!(wrong, [("file_name".to_owned(), code.to_owned())]);
    }
}

async fn walls_stand_around_folders_and_tags(hub: &TestHub) {
    let (ann, ben) = (Desk::of(hub, "ann").await, Desk::of(hub, "ben").await);
    let secret = folder(&ann, "Secret", None).await;
    let media = ann.upload("a.jpg", jpeg(64, 64)).await;
    change(
        &ann,
        &media,
        json!({ "folder_id": secret["id"], "tags": ["hidden"] }),
    )
    .await;
    let mine = ben.upload("b.jpg", jpeg(8, 8)).await;
    let path = format!("/api/media/folders/{}", id(&secret));

    assert_eq!(folders(&ben).await, [""; 0]);
    assert_eq!(
        ben.get("/api/media/tags").await.expect(200)["items"],
        json!([])
    );
    assert_eq!(names(&ben, "tag=hidden").await, [""; 0]);
    ben.get(&path).await.refused(404, "not_found");
    ben.patch(&path, json!({ "name": "Mine" }))
        .await
        .refused(404, "not_found");
    ben.delete(&path).await.refused(404, "not_found");
    ben.get(&format!("/api/media/{}/usage", id(&media)))
        .await
        .refused(404, "not_found");
    ben.post(
        &format!("/api/media/{}/crop", id(&media)),
        json!({ "x": 0, "y": 0, "width": 8, "height": 8 }),
    )
    .await
    .refused(404, "not_found");
    ben.post(
        &format!("/api/media/{}/convert", id(&media)),
        json!({ "mime": "image/png" }),
    )
    .await
    .refused(404, "not_found");
    for refused in [
        ben.get(&format!("/api/media?folder_id={}", id(&secret)))
            .await,
        ben.patch(
            &format!("/api/media/{}", id(&mine)),
            json!({ "folder_id": secret["id"] }),
        )
        .await,
    ] {
        assert_eq!(refused.wrong_fields()[0].1, "unknown_folder");
    }
    let inside = json!({ "name": "x", "parent_id": secret["id"] });
    let wrong = ben.post("/api/media/folders", inside).await.wrong_fields();
    assert_eq!(
        wrong,
        [("parent_id".to_owned(), "unknown_folder".to_owned())]
    );
    assert_eq!(folders(&ann).await, ["Secret 1"]);
}

async fn a_repeated_request_makes_one_folder(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let ask = || async {
        let request = ann
            .request(Method::POST, "/api/media/folders")
            .header("idempotency-key", "once")
            .json(&json!({ "name": "Bread" }));
        Answer::to(request).await.expect(201)
    };
    let first = ask().await;
    assert_eq!(ask().await, first);
    let mut tx = hub.app.store.as_system("test").write().await.unwrap();
    tx.execute(
        fanfare_store::sql!("UPDATE idempotency_keys SET status = NULL, response = NULL"),
        fanfare_store::binds![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ask().await, first, "cut off before its answer was kept");
    assert_eq!(folders(&ann).await.len(), 1);
}
