//! The login dialog: who may do what on which Pages.

use axum::http::Method;
use axum::response::Response;

use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::consent::{Choice, Consent, Decision, Permission, Request};
use crate::state::World;
use crate::tokens::{Grant, Holder};

/// What can be asked for, with the words people see.
const SCOPES: [(&str, &str); 17] = [
    ("public_profile", "See your name and profile picture"),
    ("email", "See your email address"),
    ("pages_show_list", "See which Pages you manage"),
    (
        "pages_manage_posts",
        "Create and manage content on your Pages",
    ),
    ("pages_read_engagement", "Read what is posted on your Pages"),
    ("pages_read_user_content", "Read comments and visitor posts"),
    (
        "pages_manage_engagement",
        "Answer, hide and delete comments",
    ),
    (
        "pages_manage_metadata",
        "Manage Page settings and notifications",
    ),
    ("pages_messaging", "Manage and read Page conversations"),
    ("read_insights", "See statistics of your Pages"),
    ("business_management", "See your business portfolios"),
    ("publish_video", "Publish live videos"),
    ("instagram_basic", "See your Instagram profile and media"),
    (
        "instagram_content_publish",
        "Publish on your Instagram account",
    ),
    ("instagram_manage_comments", "Manage Instagram comments"),
    ("instagram_manage_insights", "See Instagram statistics"),
    ("instagram_manage_messages", "Manage Instagram messages"),
];
/// More that exists, and is seldom asked for.
const RARE_SCOPES: [&str; 6] = [
    "instagram_manage_contents",
    "instagram_manage_engagement",
    "ads_management",
    "ads_read",
    "whatsapp_business_management",
    "whatsapp_business_messaging",
];

pub fn answer(world: &World, call: &Call) -> Response {
    let mut request = match Request::read(world, Platform::Facebook, call) {
        Ok(request) => request,
        Err(page) => return *page,
    };
    // With a configuration id the permissions are chosen in the app's settings; ours grants all of them.
    if call.params.get("config_id").is_some() && request.scopes.is_empty() {
        request.scopes = SCOPES.iter().map(|(name, _)| (*name).to_owned()).collect();
    }
    let unknown: Vec<_> = request
        .scopes
        .iter()
        .filter(|scope| words(scope).is_none())
        .cloned()
        .collect();
    if !unknown.is_empty() {
        return request.refuse(&format!("Invalid Scopes: {}.", unknown.join(", ")));
    }
    request.add_first("public_profile");
    if call.method != Method::POST {
        return consent(&request).show(&request);
    }
    match request.decision(call) {
        Decision::Denied => request.send_back(&[
            ("error", "access_denied"),
            ("error_code", "200"),
            ("error_description", "Permissions error"),
            ("error_reason", "user_denied"),
        ]),
        Decision::Granted {
            choices,
            scopes,
            declined,
        } => {
            let all = || cast::PAGES.iter().map(|page| page.id.to_owned()).collect();
            let grant = Grant {
                holder: Holder::FacebookUser(cast::PERSON.id.to_owned()),
                client_id: request.client_id.clone(),
                scopes,
                declined,
                pages: choices.unwrap_or_else(all),
            };
            let code =
                world.change(|state| state.tokens.issue_code(grant, &request.redirect_uri, None));
            request.send_back_with_tail(&[("code", &code)], "#_=_")
        }
    }
}

fn words(scope: &str) -> Option<&'static str> {
    let common = SCOPES
        .iter()
        .find(|(name, _)| *name == scope)
        .map(|(_, words)| *words);
    common.or_else(|| RARE_SCOPES.iter().find(|name| **name == scope).copied())
}

fn consent(request: &Request) -> Consent {
    let choices = cast::PAGES.iter().enumerate().map(|(place, page)| Choice {
        id: page.id,
        name: page.name,
        detail: match page.instagram.and_then(cast::instagram) {
            Some(account) => format!("{} · Instagram @{}", page.category, account.username),
            None => page.category.to_owned(),
        },
        chosen: place < 2,
    });
    Consent {
        title: "Log in with Facebook",
        person: cast::PERSON.name,
        question: "Choose the Pages it may use",
        many: true,
        choices: choices.collect(),
        permissions: request
            .scopes
            .iter()
            .map(|scope| Permission {
                scope: scope.clone(),
                words: words(scope).unwrap_or_default(),
                fixed: scope == "public_profile",
            })
            .collect(),
        agree: "Continue",
        refuse: "Not now",
    }
}
