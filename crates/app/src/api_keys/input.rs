//! What a person chooses about a key, checked field by field.

use std::net::IpAddr;

use fanfare_domain::{Action, ErrorCode};
use ipnet::IpNet;
use jiff::Timestamp;

use crate::{AppError, Caller, FieldError, Result, workspaces};

const MOST_CALLS: u32 = 6_000;
const MOST_NETWORKS: usize = 50;

/// A key as it is to be.
#[derive(Debug, Clone)]
pub struct KeyInput {
    pub name: String,
    pub scopes: Vec<String>,
    pub allowed_ips: Vec<String>,
    pub rate_per_minute: u32,
    pub expires_at: Option<Timestamp>,
}

/// The same, as it can be kept.
#[derive(Debug)]
pub(super) struct Checked {
    pub name: String,
    pub scopes: Vec<Action>,
    pub allowed_ips: Vec<String>,
    pub rate_per_minute: u32,
    pub expires_at: Option<Timestamp>,
}

/// `now` is the time after which it must expire, if that is asked at all.
pub(super) fn check(caller: &Caller, input: &KeyInput, now: Option<Timestamp>) -> Result<Checked> {
    let mut wrong = Vec::new();
    let name = workspaces::valid_name("name", &input.name)
        .map_err(|error| wrong.push(error))
        .unwrap_or_default();
    let scopes = scopes(caller, &input.scopes, &mut wrong);
    let allowed_ips = networks(&input.allowed_ips, &mut wrong);
    if !(1..=MOST_CALLS).contains(&input.rate_per_minute) {
        let detail = format!("A key may make 1 to {MOST_CALLS} calls per minute.");
        wrong.push(FieldError::new(
            "rate_per_minute",
            ErrorCode::OutOfRange,
            detail,
        ));
    }
    let has_passed = |at: Timestamp| now.is_some_and(|now| at <= now);
    if input.expires_at.is_some_and(has_passed) {
        let detail = "This time has passed already. Choose a later one, or none.";
        wrong.push(FieldError::new("expires_at", ErrorCode::TimeInPast, detail));
    }
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    Ok(Checked {
        name,
        scopes,
        allowed_ips,
        rate_per_minute: input.rate_per_minute,
        expires_at: input.expires_at,
    })
}

fn scopes(caller: &Caller, named: &[String], wrong: &mut Vec<FieldError>) -> Vec<Action> {
    if named.is_empty() {
        let detail = "Choose what the key may do.";
        wrong.push(FieldError::new("scopes", ErrorCode::Required, detail));
    }
    let mut scopes = Vec::new();
    for (number, name) in named.iter().enumerate() {
        match scope(caller, name) {
            Ok(scope) if scopes.contains(&scope) => {}
            Ok(scope) => scopes.push(scope),
            Err(detail) => wrong.push(FieldError::new(
                format!("scopes.{number}"),
                ErrorCode::NotAllowed,
                detail,
            )),
        }
    }
    scopes
}

fn scope(caller: &Caller, name: &str) -> std::result::Result<Action, String> {
    let action = Action::parse(name).filter(|action| action.rule().for_keys);
    let action = action.ok_or_else(|| format!("“{name}” is nothing that a key can be given."))?;
    if caller.role.may(action) {
        Ok(action)
    } else {
        Err(format!("Your role does not allow {action} itself."))
    }
}

fn networks(written: &[String], wrong: &mut Vec<FieldError>) -> Vec<String> {
    if written.len() > MOST_NETWORKS {
        let detail = format!("At most {MOST_NETWORKS} networks are taken. Write larger ones.");
        wrong.push(FieldError::new(
            "allowed_ips",
            ErrorCode::OutOfRange,
            detail,
        ));
        return Vec::new();
    }
    let mut networks = Vec::new();
    for (number, text) in written.iter().enumerate() {
        match network(text) {
            Some(network) if networks.contains(&network) => {}
            Some(network) => networks.push(network),
            None => wrong.push(FieldError::new(
                format!("allowed_ips.{number}"),
                ErrorCode::InvalidNetwork,
                "Write an address such as 203.0.113.7, or a network such as 203.0.113.0/24.",
            )),
        }
    }
    networks
}

/// As it is kept: a single address is a network of one.
fn network(text: &str) -> Option<String> {
    let text = text.trim();
    let network = text.parse::<IpNet>().ok().or_else(|| {
        let address = text.parse::<IpAddr>().ok()?;
        Some(IpNet::from(address.to_canonical()))
    })?;
    Some(network.trunc().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_written_in_one_way() {
        for (written, kept) in [
            (" 203.0.113.7 ", Some("203.0.113.7/32")),
            ("203.0.113.7/24", Some("203.0.113.0/24")),
            ("::ffff:203.0.113.7", Some("203.0.113.7/32")),
            ("2001:db8::1/64", Some("2001:db8::/64")),
            ("203.0.113.0/33", None),
            ("example.com", None),
            ("", None),
        ] {
            assert_eq!(network(written).as_deref(), kept, "{written}");
        }
    }
}
