//! What the chain's hashes are made of.
//!
//! Each is SHA-256 of a JSON list without white space, so that anybody can compute it with what comes with their computer. The
//! content has a hash of its own with a salt beside it: it can be erased, and what is left tells nothing about it and still
//! holds the chain together.

use serde_json::json;
use sha2::{Digest, Sha256};

/// What an event tells about people.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    pub salt: &'a str,
    pub actor_id: Option<&'a str>,
    pub actor_name: &'a str,
    /// JSON, to the letter as it is kept.
    pub detail: &'a str,
}

/// Where an event stands, and what it is without its content.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The hash of the event before; empty for the first.
    pub previous: &'a str,
    pub seq: i64,
    pub id: &'a str,
    /// Milliseconds since 1970 (UTC).
    pub at: i64,
    pub action: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: &'a str,
    pub post_id: Option<&'a str>,
    pub content_hash: &'a str,
}

impl Content<'_> {
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(&json!([
            self.salt,
            self.actor_id,
            self.actor_name,
            self.detail
        ]))
    }
}

impl Place<'_> {
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(&json!([
            self.previous,
            self.seq,
            self.id,
            self.at,
            self.action,
            self.subject_kind,
            self.subject_id,
            self.post_id,
            self.content_hash,
        ]))
    }
}

fn sha256(list: &serde_json::Value) -> String {
    hex::encode(Sha256::digest(list.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashes_are_pinned_because_chains_depend_on_them() {
        let content = Content {
            salt: "00",
            actor_id: None,
            actor_name: "Ada “A”",
            detail: r#"{"name":"x"}"#,
        };
        // printf '%s' '["00",null,"Ada “A”","{\"name\":\"x\"}"]' | sha256sum
        let content_hash = content.hash();
        assert_eq!(content_hash, CONTENT);
        let place = Place {
            previous: "",
            seq: 1,
            id: "a",
            at: 5,
            action: "post.created",
            subject_kind: "post",
            subject_id: "b",
            post_id: Some("b"),
            content_hash: "c",
        };
        // printf '%s' '["",1,"a",5,"post.created","post","b","b","c"]' | sha256sum
        assert_eq!(place.hash(), PLACE);
    }

    const CONTENT: &str = "e54d3dcc2b4ba38bac09b6c27695663f5d10f9453178ec0f1200f18dbf0580ad";
    const PLACE: &str = "43da48a34bc75d221fac87054fa82b12176f643ba0409de22f14627dcce3a671";
}
