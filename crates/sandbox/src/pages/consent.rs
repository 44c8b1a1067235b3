//! The consent page, its refusal, and the page that shows a code to copy.

use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

use super::html::{escape, page};
use crate::Platform;
use crate::consent::{Choice, Consent, Permission, Request};

pub fn show(consent: &Consent, request: &Request) -> Response {
    let back = match origin(&request.redirect_uri).split_once("://") {
        Some((_, host)) => format!(
            "<p class=\"quiet\">You will go back to {}.</p>",
            escape(host)
        ),
        None => String::new(),
    };
    let hidden: String = request
        .carried
        .iter()
        .map(|(name, value)| hidden(name, value))
        .collect();
    let kind = if consent.many { "checkbox" } else { "radio" };
    let choices: String = consent
        .choices
        .iter()
        .map(|choice| option(choice, kind))
        .collect();
    let permissions: String = consent.permissions.iter().map(permission).collect();
    let body = format!(
        "<main class=\"consent {platform}\">\n<p class=\"pretend\">Pretend {label}: nothing leaves this machine</p>\n\
         <h1>{title}</h1>\n<p><strong>{app}</strong> asks for access as <strong>{person}</strong>.</p>\n\
         <form method=\"post\" action=\"{action}\">\n{hidden}\n<input type=\"hidden\" name=\"shown\" value=\"1\">\n\
         <fieldset><legend>{question}</legend>\n{choices}</fieldset>\n\
         <fieldset><legend>What it may do</legend>\n{permissions}</fieldset>\n\
         <div class=\"buttons\"><button name=\"decision\" value=\"continue\" class=\"primary\">{agree}</button>\n\
         <button name=\"decision\" value=\"cancel\">{refuse}</button></div>\n</form>\n{back}</main>",
        platform = request.platform,
        label = request.platform.label(),
        title = consent.title,
        app = escape(&request.app_name),
        person = consent.person,
        action = escape(&request.action),
        question = consent.question,
        agree = consent.agree,
        refuse = consent.refuse,
    );
    page(
        StatusCode::OK,
        consent.title,
        &body,
        &origin(&request.redirect_uri),
    )
}

fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
        escape(name),
        escape(value)
    )
}

fn option(choice: &Choice, kind: &str) -> String {
    format!(
        "<label class=\"choice\"><input type=\"{kind}\" name=\"choice\" value=\"{}\"{}>\
         <img src=\"{}\" alt=\"\" width=\"40\" height=\"40\">\
         <span><strong>{}</strong><small>{}</small></span></label>\n",
        choice.id,
        if choice.chosen { " checked" } else { "" },
        super::avatar::path(choice.id),
        escape(choice.name),
        escape(&choice.detail),
    )
}

/// A permission that is fixed is shown ticked and sent along: a disabled box would send nothing.
fn permission(permission: &Permission) -> String {
    let scope = escape(&permission.scope);
    let (fixed, carried) = if permission.fixed {
        (" disabled", hidden("grant", &permission.scope))
    } else {
        ("", String::new())
    };
    format!(
        "<label class=\"permission\"><input type=\"checkbox\" name=\"grant\" value=\"{scope}\" checked{fixed}>\
         <span>{}<small>{scope}</small></span></label>{carried}\n",
        escape(permission.words)
    )
}

/// The origin that the consent form ends at; other schemes than the web's stand for themselves.
fn origin(redirect_uri: &str) -> String {
    match Url::parse(redirect_uri) {
        Ok(url) if url.has_host() && matches!(url.scheme(), "http" | "https") => {
            url.origin().ascii_serialization()
        }
        Ok(url) => format!("{}:", url.scheme()),
        Err(_) => String::new(),
    }
}

/// What is wrong with a request that nobody should be asked about.
pub fn refusal(platform: Platform, why: &str) -> Response {
    let body = format!(
        "<main class=\"consent {platform}\">\n<p class=\"pretend\">Pretend {}: nothing leaves this machine</p>\n\
         <h1>Sorry, something went wrong</h1>\n<p>{}</p>\n</main>",
        platform.label(),
        escape(why)
    );
    page(StatusCode::BAD_REQUEST, "Something went wrong", &body, "")
}

/// Shows a code to copy, for applications without an address of their own.
pub fn code(code: &str) -> Response {
    let body = format!(
        "<main class=\"consent mastodon\">\n<p class=\"pretend\">Pretend Mastodon: nothing leaves this machine</p>\n\
         <h1>Authorization code</h1>\n<p>Copy this code and paste it into the application.</p>\n<p><code>{}</code></p>\n</main>",
        escape(code)
    );
    page(StatusCode::OK, "Authorization code", &body, "")
}
