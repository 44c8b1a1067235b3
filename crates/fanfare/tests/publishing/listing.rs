//! The list of posts over HTTP: filters, orders, counts.

use fanfare_testkit::StatusCode;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn posts_are_found_by_what_they_say_where_they_go_and_when(room: &Newsroom) {
    let page = &room.pages[0];
    room.post_in("Panettone on Friday", &[page], 90).await;
    room.post_in("Closed on Sunday", &room.two_channels(), 30)
        .await;
    let body = json!({
        "text": "For all",
        "channel_ids": [room.mastodon["id"]],
        "variants": { id(&room.mastodon): { "text": "Éclairs for the small town" } },
        "schedule": { "kind": "draft" },
    });
    room.browser
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);

    let (page_id, mastodon) = (id(page), id(&room.mastodon));
    let me = room
        .browser
        .get("/api/posts/authors")
        .await
        .expect(StatusCode::OK);
    let me = id(&me["items"][0]).to_owned();
    let (soon, later) = (room.at(30), room.at(90));
    for (query, expected) in [
        (
            String::new(),
            vec!["For all", "Closed on Sunday", "Panettone on Friday"],
        ),
        (
            "order=due".to_owned(),
            vec!["Closed on Sunday", "Panettone on Friday", "For all"],
        ),
        (
            "order=due_desc".to_owned(),
            vec!["For all", "Panettone on Friday", "Closed on Sunday"],
        ),
        (
            "q=friday%20PANETTONE".to_owned(),
            vec!["Panettone on Friday"],
        ),
        ("q=%C3%A9clairs".to_owned(), vec!["For all"]),
        (
            format!("channel_id={page_id}&order=due"),
            vec!["Closed on Sunday", "Panettone on Friday"],
        ),
        (
            format!("channel_id={page_id},{mastodon}&state=draft,scheduled&q=on"),
            vec!["Closed on Sunday", "Panettone on Friday"],
        ),
        (
            "platform=mastodon&order=due".to_owned(),
            vec!["Closed on Sunday", "For all"],
        ),
        (format!("author_id={me}&state=draft"), vec!["For all"]),
        (format!("from={soon}&to={later}"), vec!["Closed on Sunday"]),
        (format!("from={later}"), vec!["Panettone on Friday"]),
        (format!("author_id={}", id(page)), vec![]),
    ] {
        let list = room
            .browser
            .get(&format!("/api/posts?{query}"))
            .await
            .expect(StatusCode::OK);
        assert_eq!(texts(&list), expected, "{query}");
    }
}

async fn counts_are_of_the_filter_whatever_its_states_and_come_with_the_first_page(
    room: &Newsroom,
) {
    for text in ["One", "Two", "Three"] {
        room.post_in(text, &[&room.pages[0]], 30).await;
    }
    room.post("Four", &[&room.mastodon], json!({ "kind": "draft" }))
        .await;
    let first = room
        .browser
        .get("/api/posts?limit=2&state=scheduled")
        .await
        .expect(StatusCode::OK);
    assert_eq!(first["counts"], json!({ "draft": 1, "scheduled": 3 }));
    let next = first["next_cursor"].as_str().unwrap();
    let second = format!("/api/posts?limit=2&state=scheduled&cursor={next}");
    let second = room.browser.get(&second).await.expect(StatusCode::OK);
    assert_eq!(
        (texts(&second), &second["counts"]),
        (vec!["One"], &Value::Null)
    );
    let filtered = room
        .browser
        .get("/api/posts?platform=mastodon")
        .await
        .expect(StatusCode::OK);
    assert_eq!(filtered["counts"], json!({ "draft": 1 }));
}

async fn wrong_filters_are_named(room: &Newsroom) {
    for (query, expected) in [
        ("state=lost", "state: not_allowed"),
        ("order=random", "order: not_allowed"),
        ("channel_id=x", "channel_id: unknown_channel"),
        ("author_id=x", "author_id: not_allowed"),
        ("from=yesterday", "from: wrong_type"),
        ("cursor=x", "cursor: not_allowed"),
        ("colour=red", "colour: unknown_field"),
    ] {
        let refused = room.browser.get(&format!("/api/posts?{query}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(refused.field_codes(), [expected], "{query}");
    }
}

fn texts(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|post| post["text"].as_str().unwrap())
        .collect()
}

in_newsroom!(
    posts_are_found_by_what_they_say_where_they_go_and_when,
    counts_are_of_the_filter_whatever_its_states_and_come_with_the_first_page,
    wrong_filters_are_named,
);
