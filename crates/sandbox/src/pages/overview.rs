//! The front page: what was published everywhere, and the switches for faults.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::html::page;
use super::post::{Size, article};
use crate::Platform;
use crate::faults::{CallKind, Fault, FaultRule};
use crate::state::World;

/// How many posts one page shows.
const SHOWN: usize = 60;

#[derive(Deserialize)]
pub struct Filter {
    platform: Option<String>,
}

/// Leads to one platform's part of the front page.
pub fn of(platform: Platform) -> Response {
    Redirect::to(&format!("/?platform={platform}")).into_response()
}

pub async fn show(State(world): State<Arc<World>>, Query(filter): Query<Filter>) -> Response {
    let only: Option<Platform> = filter.platform.and_then(|name| name.parse().ok());
    let (posts, counts) = world.look(|state| {
        let up = || state.posts.newest_first().filter(|post| !post.deleted);
        let counts =
            Platform::ALL.map(|platform| up().filter(|post| post.platform == platform).count());
        let shown = up()
            .filter(|post| only.is_none_or(|only| post.platform == only))
            .take(SHOWN);
        let shown = shown.map(|post| article(state, post, Size::Listed));
        (shown.collect::<String>(), counts)
    });
    let body = format!(
        "<header class=\"top\"><h1>Pretend platforms</h1>\
         <p>Everything here was published by an application under test. Nothing left this machine.</p>{}</header>\n\
         <div class=\"columns\">\n<section aria-label=\"Posts\">\n{}</section>\n{}</div>",
        tabs(only, counts),
        list(&posts),
        if world.admin_allowed {
            switches(&world)
        } else {
            String::new()
        },
    );
    page(StatusCode::OK, "Pretend platforms", &body, "")
}

fn tabs(only: Option<Platform>, counts: [usize; Platform::ALL.len()]) -> String {
    let tab = |address: &str, name: &str, count: usize, here: bool| {
        let here = if here { " aria-current=\"page\"" } else { "" };
        format!("<a href=\"{address}\"{here}>{name} <span>{count}</span></a>")
    };
    let all = tab("/", "All", counts.iter().sum(), only.is_none());
    let each: String = Platform::ALL
        .iter()
        .zip(counts)
        .filter(|(platform, _)| platform.has_posts())
        .map(|(platform, count)| {
            tab(
                &format!("/?platform={platform}"),
                platform.label(),
                count,
                only == Some(*platform),
            )
        })
        .collect();
    format!(
        "<nav aria-label=\"Platforms\">{all}{each}<a href=\"/webhooks\">Accounts and webhooks</a></nav>"
    )
}

fn list(posts: &str) -> String {
    if posts.is_empty() {
        return "<p class=\"empty\">Nothing has been published yet. Connect an account in the application, then publish a post.</p>\n".to_owned();
    }
    posts.to_owned()
}

fn switches(world: &World) -> String {
    let platforms: String = Platform::ALL
        .iter()
        .map(|one| format!("<option value=\"{one}\">{}</option>", one.label()))
        .collect();
    let calls: String = CallKind::ALL
        .iter()
        .map(|one| choice(&word(one), call_words(*one)))
        .collect();
    let faults: String = Fault::ALL
        .iter()
        .map(|one| choice(&word(one), fault_words(*one)))
        .collect();
    let waiting: String = world.faults.list().iter().map(rule).collect();
    let waiting = if waiting.is_empty() {
        "<p class=\"quiet\">No faults in waiting.</p>".to_owned()
    } else {
        format!(
            "<ul>{waiting}</ul><form method=\"post\" action=\"/admin/faults/clear\"><button>Clear the faults</button></form>"
        )
    };
    let expire: String = Platform::ALL
        .iter()
        .map(|one| {
            format!(
                "<button name=\"platform\" value=\"{one}\">{}</button>",
                one.label()
            )
        })
        .collect();
    format!(
        "<aside aria-label=\"Switches\">\n<section><h2>Make the next calls fail</h2>\n\
         <form method=\"post\" action=\"/admin/faults\">\
         <label>Platform<select name=\"platform\"><option value=\"any\">Any</option>{platforms}</select></label>\
         <label>Call<select name=\"call\">{calls}</select></label>\
         <label>Fault<select name=\"fault\">{faults}</select></label>\
         <label>Times<input name=\"times\" type=\"number\" min=\"1\" max=\"10000\" value=\"1\"></label>\
         <button class=\"primary\">Add fault</button></form>\n{waiting}</section>\n\
         <section><h2>Let tokens expire</h2><form method=\"post\" action=\"/admin/tokens/expire\" class=\"buttons\">{expire}</form></section>\n\
         <section><h2>Start over</h2><form method=\"post\" action=\"/admin/reset\"><button>Forget all posts and faults</button></form></section>\n\
         </aside>\n"
    )
}

fn choice(value: &str, words: &str) -> String {
    format!("<option value=\"{value}\">{words}</option>")
}

pub(super) fn rule(rule: &FaultRule) -> String {
    let platform = rule
        .platform
        .map_or("any platform", |platform| platform.label());
    format!(
        "<li>{} × {}: {} on {platform}</li>",
        rule.times,
        fault_words(rule.fault),
        call_words(rule.call)
    )
}

pub(super) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn call_words(call: CallKind) -> &'static str {
    match call {
        CallKind::Any => "Any call",
        CallKind::Publish => "Publish",
        CallKind::Comment => "Write a comment",
        CallKind::Media => "Upload media",
        CallKind::Status => "Ask whether media is ready",
        CallKind::Token => "Get or check a token",
        CallKind::Read => "Read",
        CallKind::Subscribe => "Subscribe to webhooks",
        CallKind::Delete => "Delete",
        CallKind::Webhook => "Webhook that is sent",
    }
}

pub(super) fn fault_words(fault: Fault) -> &'static str {
    match fault {
        Fault::RateLimit => "Too many calls",
        Fault::ServerError => "Server error",
        Fault::TimeoutBefore => "No answer, not done",
        Fault::TimeoutAfter => "No answer, but done",
        Fault::ExpiredToken => "Token expired",
        Fault::RevokedToken => "Token revoked",
        Fault::RejectedMedia => "Media rejected",
        Fault::NotJson => "Not JSON",
        Fault::Slow => "Slow",
        Fault::Duplicate => "Sent twice",
        Fault::Reordered => "Sent late, last first",
        Fault::WrongSignature => "Wrongly signed",
    }
}
