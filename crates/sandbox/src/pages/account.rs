//! One Page or Instagram account: what it published, and what can be done on it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::avatar;
use super::html::{escape, page};
use super::post::{article, who};
use crate::Platform;
use crate::cast;
use crate::state::World;
use crate::subscriptions::platform_of;

const SHOWN: usize = 30;

pub async fn show(State(world): State<Arc<World>>, Path(id): Path<String>) -> Response {
    let Some(platform) = platform_of(&id) else {
        let body = "<main class=\"single\">\n<p class=\"crumbs\"><a href=\"/webhooks\">Accounts and webhooks</a></p>\n\
                    <h1>There is no such account</h1>\n</main>";
        return page(StatusCode::NOT_FOUND, "There is no such account", body, "");
    };
    let posts: String = world.look(|state| {
        let shown = state.posts.of(&id).take(SHOWN);
        shown
            .map(|post| article(state, post, super::post::Size::Listed))
            .collect()
    });
    let posts = if posts.is_empty() {
        "<p class=\"empty\">Nothing has been published here yet.</p>\n".to_owned()
    } else {
        posts
    };
    let forms = if world.admin_allowed {
        forms(&id, platform)
    } else {
        String::new()
    };
    let name = escape(cast::name_of(&id));
    let body = format!(
        "<main class=\"single\">\n<p class=\"crumbs\"><a href=\"/\">All that was published</a> · \
         <a href=\"/webhooks\">Accounts and webhooks</a></p>\n\
         <header class=\"who\"><img src=\"{}\" alt=\"\" width=\"56\" height=\"56\"><h1>{name}</h1>\
         <span class=\"badge {platform}\">{}</span></header>\n{forms}{posts}</main>",
        avatar::path(&id),
        platform.label(),
    );
    page(StatusCode::OK, cast::name_of(&id), &body, "")
}

fn forms(id: &str, platform: Platform) -> String {
    let form = |title: &str, act: &str, by: &str, button: &str| {
        format!(
            "<form method=\"post\" action=\"/admin/acts\" class=\"act\"><h2>{title}</h2>\
             <input type=\"hidden\" name=\"account\" value=\"{id}\"><input type=\"hidden\" name=\"back\" value=\"/accounts/{id}\">\
             {by}<label>Words<textarea name=\"text\" rows=\"2\" required></textarea></label>\
             <button name=\"act\" value=\"{act}\">{button}</button></form>\n"
        )
    };
    let by = who("Who");
    let publish = if platform == Platform::Facebook {
        form(
            "Publish there, past the application",
            "publish",
            "",
            "Publish",
        )
    } else {
        String::new()
    };
    format!(
        "<section class=\"acts\" aria-label=\"What people do here\">\n{publish}{}{}</section>\n",
        form("Mention it in a post elsewhere", "mention", &by, "Mention"),
        form("Write it a message", "message", &by, "Send message"),
    )
}
