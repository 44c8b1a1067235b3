//! Subscribing to an account, and reading what was written on it with what stands below.

use serde_json::{Value, json};

use crate::drive::{Drive, good, graph_error, text};
use crate::facebook::{log_in_for, pages};
use crate::shelf;

const SCOPES: &str = "pages_show_list,pages_manage_posts,pages_read_engagement,pages_manage_engagement,\
                      pages_manage_metadata,instagram_basic,instagram_content_publish,instagram_manage_comments";

/// A Page with its token and its Instagram account.
pub struct Stand {
    pub drive: Drive,
    pub page: String,
    pub instagram: String,
    pub token: String,
}

impl Stand {
    pub async fn new() -> Self {
        Self::on(Drive::new().await).await
    }

    pub async fn on(drive: Drive) -> Self {
        let page = pages(&drive, &log_in_for(&drive, SCOPES).await)
            .await
            .remove(0);
        Self {
            drive,
            page: text(&page["id"]).to_owned(),
            instagram: text(&page["instagram_business_account"]["id"]).to_owned(),
            token: text(&page["access_token"]).to_owned(),
        }
    }

    pub async fn get(&self, path: &str) -> Value {
        let joint = if path.contains('?') { '&' } else { '?' };
        let path = format!("/facebook/v26.0/{path}{joint}access_token={}", self.token);
        good(self.drive.get(&path).await).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Value {
        let mut fields = fields.to_vec();
        fields.push(("access_token", &self.token));
        good(
            self.drive
                .form(&format!("/facebook/v26.0/{path}"), &fields)
                .await,
        )
        .await
    }

    /// Publishes a text on the Page and gives its id.
    pub async fn publish(&self, message: &str) -> String {
        let path = format!("{}/feed", self.page);
        text(&self.post(&path, &[("message", message)]).await["id"]).to_owned()
    }

    async fn comment(&self, on: &str, message: &str) -> String {
        let path = format!("{on}/comments");
        text(&self.post(&path, &[("message", message)]).await["id"]).to_owned()
    }
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    let items = list["data"].as_array().expect("a list");
    items
        .iter()
        .map(|one| text(&one[field]).to_owned())
        .collect()
}

#[tokio::test]
async fn a_subscription_is_replaced_listed_and_ended() {
    let stand = Stand::new().await;
    for account in [&stand.page, &stand.instagram] {
        let path = format!("{account}/subscribed_apps");
        assert_eq!(stand.get(&path).await, json!({"data": []}));
        stand
            .post(
                &path,
                &[("subscribed_fields", "messages,message_reactions")],
            )
            .await;
        stand
            .post(&path, &[("subscribed_fields", "messages")])
            .await;
        let listed = stand.get(&path).await;
        assert_eq!(listed["data"][0]["subscribed_fields"], json!(["messages"]));
        assert_eq!(listed["data"].as_array().map(Vec::len), Some(1));
        stand.post(&path, &[("method", "delete")]).await;
        assert_eq!(stand.get(&path).await, json!({"data": []}));
    }
}

#[tokio::test]
async fn fields_of_another_sort_of_account_are_refused() {
    let stand = Stand::new().await;
    let path = format!("/facebook/v26.0/{}/subscribed_apps", stand.page);
    for fields in [&[("subscribed_fields", "feed,comments")][..], &[]] {
        let mut fields = fields.to_vec();
        fields.push(("access_token", &stand.token));
        let answer = stand.drive.form(&path, &fields).await;
        assert_eq!(graph_error(answer).await, (100, None));
    }
    assert_eq!(
        stand.get(&format!("{}/subscribed_apps", stand.page)).await,
        json!({"data": []})
    );
}

#[tokio::test]
async fn subscribing_a_page_needs_its_own_permission() {
    let drive = Drive::new().await;
    let page = pages(&drive, &log_in_for(&drive, crate::facebook::SCOPES).await)
        .await
        .remove(0);
    let path = format!("/facebook/v26.0/{}/subscribed_apps", text(&page["id"]));
    let asked = [
        ("subscribed_fields", "feed"),
        ("access_token", text(&page["access_token"])),
    ];
    assert_eq!(graph_error(drive.form(&path, &asked).await).await.0, 200);
}

#[tokio::test]
async fn a_feed_comes_with_the_comments_that_were_asked_for() {
    let stand = Stand::new().await;
    let post = stand.publish("Rye at noon").await;
    let first = stand.comment(&post, "One").await;
    stand.comment(&post, "Two").await;
    stand.comment(&first, "An answer").await;

    let fields = "id,message,comments.limit(1).summary(true){id,message}";
    let feed = stand
        .get(&format!("{}/feed?fields={fields}", stand.page))
        .await;
    let shown = &feed["data"][0]["comments"];
    assert_eq!(texts(shown, "message"), ["Two"]);
    assert_eq!(shown["summary"]["total_count"], 2);
    let next = text(&shown["paging"]["next"]);
    let rest = good(stand.drive.client.get(next).send().await.unwrap()).await;
    assert_eq!(texts(&rest, "message"), ["One"]);

    let nested = "comments.order(chronological){message,comments{message,parent}}";
    let one = stand.get(&format!("{post}?fields={nested}")).await;
    assert_eq!(texts(&one["comments"], "message"), ["One", "Two"]);
    let answers = &one["comments"]["data"][0]["comments"];
    assert_eq!(texts(answers, "message"), ["An answer"]);
    assert_eq!(answers["data"][0]["parent"]["id"], first.as_str());
    assert!(one["comments"]["data"][1].get("comments").is_none());

    let row = stand.get(&format!("{post}/comments?filter=stream")).await;
    assert_eq!(texts(&row, "message"), ["An answer", "Two", "One"]);
}

#[tokio::test]
async fn comments_are_read_within_times() {
    let stand = Stand::new().await;
    let post = stand.publish("Rye at noon").await;
    stand.comment(&post, "One").await;
    let all = stand.get(&format!("{post}/comments?since=1000")).await;
    assert_eq!(texts(&all, "message"), ["One"]);
    let none = stand.get(&format!("{post}/comments?until=1000")).await;
    assert_eq!(none["data"], json!([]));
}

#[tokio::test]
async fn media_come_with_comments_and_replies() {
    let stand = Stand::new().await;
    let shelf = shelf::serve([("buns.jpg", shelf::jpeg())]).await;
    let picture = format!("http://{shelf}/buns.jpg");
    let container = stand
        .post(
            &format!("{}/media", stand.instagram),
            &[("image_url", &picture), ("caption", "Buns")],
        )
        .await;
    let media = stand
        .post(
            &format!("{}/media_publish", stand.instagram),
            &[("creation_id", text(&container["id"]))],
        )
        .await;
    let media = text(&media["id"]);
    let comment = stand.comment(media, "Lovely").await;
    stand
        .post(&format!("{comment}/replies"), &[("message", "Thanks")])
        .await;
    let fields = "id,comments_count,comments{id,text,replies{id,text,parent_id}}";
    let list = stand
        .get(&format!("{}/media?fields={fields}", stand.instagram))
        .await;
    let shown = &list["data"][0];
    assert_eq!(shown["comments_count"], 2);
    assert_eq!(texts(&shown["comments"], "text"), ["Lovely"]);
    let replies = &shown["comments"]["data"][0]["replies"];
    assert_eq!(texts(replies, "text"), ["Thanks"]);
    assert_eq!(replies["data"][0]["parent_id"], comment.as_str());
}
