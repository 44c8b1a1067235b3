//! Who asked to be told what, what was sent and how it was answered, and switches for what goes wrong on the way.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::html::{escape, page};
use super::overview::{fault_words, rule, word};
use crate::behaviour::Behaviour;
use crate::cast;
use crate::faults::{CallKind, Fault};
use crate::state::World;
use crate::subscriptions::Subscription;
use crate::webhooks::{Outcome, SentWebhook, Waiting};

const SHOWN: usize = 50;
const FAULTS: [Fault; 4] = [
    Fault::Duplicate,
    Fault::Reordered,
    Fault::WrongSignature,
    Fault::Slow,
];

pub async fn show(State(world): State<Arc<World>>) -> Response {
    let (subscriptions, waiting, behaviour) = world.look(|state| {
        let all = state.subscriptions.all().to_vec();
        (all, state.outbox.list(), state.behaviour.clone())
    });
    let to = match world.webhooks_to() {
        Some(to) => format!(
            "Sent to <strong>{}/…</strong>",
            escape(to.as_str().trim_end_matches('/'))
        ),
        None => "Nobody listens: start the sandbox with an address to send to".to_owned(),
    };
    let side = if world.admin_allowed {
        switches(&world, &behaviour)
    } else {
        String::new()
    };
    let body = format!(
        "<header class=\"top\"><p class=\"crumbs\"><a href=\"/\">All that was published</a></p>\
         <h1>Accounts and webhooks</h1><p>{to}.</p></header>\n<div class=\"columns\">\n<div>\n\
         <section aria-label=\"Accounts\">{}</section>\n\
         <section aria-label=\"What was sent\"><h2>What was sent</h2>{}{}</section>\n</div>\n{side}</div>",
        accounts(&world, &subscriptions),
        waiting.iter().map(one_waiting).collect::<String>(),
        sent(&world.sent.list()),
    );
    page(StatusCode::OK, "Accounts and webhooks", &body, "")
}

fn accounts(world: &World, subscriptions: &[Subscription]) -> String {
    let pages = cast::PAGES
        .iter()
        .map(|one| (one.id, "facebook", "Facebook"));
    let instagram = cast::INSTAGRAM
        .iter()
        .map(|one| (one.id, "instagram", "Instagram"));
    let shown = pages.chain(instagram).map(|(id, platform, label)| {
        let mut fields: Vec<&str> = subscriptions
            .iter()
            .filter(|one| one.account == id)
            .flat_map(|one| one.fields.iter().map(String::as_str))
            .collect();
        fields.dedup();
        let told = if fields.is_empty() {
            "Nobody asked to be told".to_owned()
        } else {
            format!("Tells {}", fields.join(", "))
        };
        let button = if fields.is_empty() {
            "<button name=\"fields\" value=\"all\">Subscribe</button>"
        } else {
            "<button name=\"fields\" value=\"\">End</button>"
        };
        let form = format!(
            "<form method=\"post\" action=\"/admin/subscriptions\"><input type=\"hidden\" name=\"account\" value=\"{id}\">\
             <input type=\"hidden\" name=\"back\" value=\"/webhooks\">{button}</form>"
        );
        format!(
            "<li class=\"post\"><header><img src=\"{}\" alt=\"\" width=\"40\" height=\"40\"><div><strong>\
             <a href=\"/accounts/{id}\">{}</a></strong><small>{told}</small></div>\
             <span class=\"badge {platform}\">{label}</span></header>{}</li>\n",
            super::avatar::path(id),
            escape(cast::name_of(id)),
            if world.admin_allowed { form.as_str() } else { "" },
        )
    });
    format!("<ul class=\"plain\">{}</ul>", shown.collect::<String>())
}

fn one_waiting(one: &Waiting) -> String {
    let when = match one.next_in_ms {
        None => "being sent".to_owned(),
        Some(0) => "sent again at once".to_owned(),
        Some(rest) => format!("sent again in {} s", rest.div_ceil(1000)),
    };
    format!(
        "<p class=\"waiting\"><strong>{}</strong> waits: tried {} times, {when}.</p>\n",
        escape(&one.kinds.join(", ")),
        one.attempts
    )
}

fn sent(all: &[SentWebhook]) -> String {
    if all.is_empty() {
        return "<p class=\"empty\">Nothing was sent yet. Like or comment on a post of a subscribed account.</p>\n"
            .to_owned();
    }
    all.iter().take(SHOWN).map(one_sent).collect()
}

fn one_sent(one: &SentWebhook) -> String {
    let answer = match (&one.status, &one.error) {
        (Some(status), _) => format!("answered {status}"),
        (None, Some(why)) => format!("no answer ({})", escape(why)),
        (None, None) => "no answer".to_owned(),
    };
    let (class, then) = match one.outcome {
        Outcome::Taken => ("good", String::new()),
        Outcome::GivenUp => ("bad", ", given up".to_owned()),
        Outcome::Retried { after_seconds: 0 } => ("bad", ", sent again at once".to_owned()),
        Outcome::Retried { after_seconds } => (
            "bad",
            format!(", sent again after {} min of Meta's", after_seconds / 60),
        ),
    };
    let fault = one
        .fault
        .map(|fault| format!(" · {}", fault_words(fault).to_lowercase()))
        .unwrap_or_default();
    format!(
        "<details class=\"sent\"><summary><strong>{}</strong><small>{}, attempt {}, {} · <span class=\"{class}\">{answer}\
         </span> in {} ms{then}{fault}</small></summary><code>{}</code></details>\n",
        escape(&one.kinds.join(", ")),
        one.platform.label(),
        one.attempt,
        one.at.strftime("%H:%M:%S UTC"),
        one.milliseconds,
        escape(&one.body),
    )
}

fn switches(world: &World, behaviour: &Behaviour) -> String {
    let faults: String = FAULTS
        .iter()
        .map(|one| {
            format!(
                "<option value=\"{}\">{}</option>",
                word(one),
                fault_words(*one)
            )
        })
        .collect();
    let rules = world.faults.list();
    let waiting: String = rules
        .iter()
        .filter(|rule| rule.call == CallKind::Webhook || rule.is_of_webhooks())
        .map(rule)
        .collect();
    let waiting = if waiting.is_empty() {
        "<p class=\"quiet\">No faults in waiting.</p>".to_owned()
    } else {
        format!("<ul>{waiting}</ul>")
    };
    format!(
        "<aside aria-label=\"Switches\">\n<section><h2>Make the next webhooks go wrong</h2>\n\
         <form method=\"post\" action=\"/admin/faults\"><input type=\"hidden\" name=\"call\" value=\"webhook\">\
         <input type=\"hidden\" name=\"back\" value=\"/webhooks\">\
         <label>How<select name=\"fault\">{faults}</select></label>\
         <label>Times<input name=\"times\" type=\"number\" min=\"1\" max=\"10000\" value=\"1\"></label>\
         <button class=\"primary\">Add fault</button></form>\n{waiting}</section>\n\
         <section><h2>Pace</h2><form method=\"post\" action=\"/admin/settings\">\
         <input type=\"hidden\" name=\"back\" value=\"/webhooks\">\
         <label>Hours pass so much faster<input name=\"webhook_time_scale\" type=\"number\" min=\"1\" value=\"{}\"></label>\
         <label>Gather for so many milliseconds<input name=\"webhook_gather_ms\" type=\"number\" min=\"0\" value=\"{}\"></label>\
         <button>Set</button></form>\n<p class=\"quiet\">What is not taken is sent again for 36 hours, which last {} here.</p></section>\n\
         </aside>\n",
        behaviour.webhook_time_scale,
        behaviour.webhook_gather_ms,
        lasting(behaviour.webhook_time_scale),
    )
}

fn lasting(scale: u64) -> String {
    let seconds = 36 * 3600 / scale.max(1);
    if seconds >= 7200 {
        format!("{} hours", seconds / 3600)
    } else if seconds >= 120 {
        format!("{} minutes", seconds / 60)
    } else {
        format!("{seconds} seconds")
    }
}
