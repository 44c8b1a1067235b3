//! `/{page}/subscribed_apps` and `/{ig}/subscribed_apps`: an application asks to be told what happens.

use axum::http::Method;
use serde_json::{Value, json};

use super::Answer;
use super::caller::Caller;
use super::error::GraphError;
use crate::call::Call;
use crate::cast;
use crate::state::World;
use crate::subscriptions::{Subscription, fields_of, platform_of};

/// Answers all three methods.
pub fn answer(world: &World, caller: &Caller, account: &str, call: &Call) -> Answer {
    may_subscribe(caller, account)?;
    let client_id = caller.token.grant.client_id.as_str();
    match call.method {
        Method::GET => Ok(world.look(|state| {
            let here = state.subscriptions.of(account);
            let ours: Vec<Value> = here
                .filter(|one| one.client_id == client_id)
                .map(show)
                .collect();
            json!({ "data": ours })
        })),
        Method::POST => {
            let fields = wanted(account, call)?;
            world.change(|state| {
                state.subscriptions.put(Subscription {
                    account: account.to_owned(),
                    client_id: client_id.to_owned(),
                    secret: caller.token.client_secret.clone(),
                    fields,
                });
            });
            Ok(json!({"success": true}))
        }
        Method::DELETE => {
            world.change(|state| state.subscriptions.remove(account, client_id));
            Ok(json!({"success": true}))
        }
        _ => Err(GraphError::unsupported(&call.method)),
    }
}

fn show(subscription: &Subscription) -> Value {
    json!({
        "category": "Business", "link": "https://www.example.com/",
        "name": format!("Application {}", subscription.client_id), "id": subscription.client_id,
        "subscribed_fields": subscription.fields,
    })
}

/// The fields that are asked for. One that this sort of account does not have fails the whole call.
fn wanted(account: &str, call: &Call) -> Result<Vec<String>, GraphError> {
    let asked = call.params.list("subscribed_fields");
    if asked.iter().all(String::is_empty) {
        return Err(GraphError::parameter(
            "The parameter subscribed_fields is required.",
        ));
    }
    let there_are = platform_of(account).map_or(&[][..], fields_of);
    let unknown = asked
        .iter()
        .position(|field| !there_are.contains(&field.as_str()));
    if let Some(at) = unknown {
        return Err(GraphError::parameter(format!(
            "Param subscribed_fields[{at}] must be one of {{{}}} - got \"{}\".",
            there_are.join(", "),
            asked[at]
        )));
    }
    let mut fields: Vec<String> = Vec::new();
    for field in asked {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    Ok(fields)
}

/// A Page needs its own token and `pages_manage_metadata`; an Instagram account what its flavour asks for.
fn may_subscribe(caller: &Caller, account: &str) -> Result<(), GraphError> {
    if let Some(page) = cast::page(account) {
        if !caller.is_page(page) {
            return Err(GraphError::new(
                210,
                "(#210) A page access token is required to request this resource.",
            ));
        }
        if !caller.token.has("pages_manage_metadata") {
            return Err(GraphError::permission(
                "To subscribe to the page, one of these permissions is needed: pages_manage_metadata",
            ));
        }
        return Ok(());
    }
    let scope = if caller.is_instagram_login() {
        "instagram_business_basic"
    } else {
        "instagram_basic"
    };
    if caller.token.has(scope) {
        Ok(())
    } else {
        Err(GraphError::no_capability())
    }
}
