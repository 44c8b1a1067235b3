//! Who calls: the token behind a Graph call, checked.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::error::GraphError;
use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::state::World;
use crate::tokens::{Holder, Token};

/// A call's good token.
pub struct Caller {
    pub token: Token,
}

impl Caller {
    pub fn of(world: &World, call: &Call) -> Result<Self, GraphError> {
        let Some(text) = call.token() else {
            return Err(no_token(call));
        };
        let (token, proof_needed) = world.look(|state| {
            (
                state.tokens.check(text).cloned(),
                state.behaviour.require_appsecret_proof,
            )
        });
        let token = token.map_err(GraphError::token)?;
        if matches!(
            token.grant.holder.platform(),
            Platform::Mastodon | Platform::GDrive
        ) {
            return Err(GraphError::token(crate::tokens::BadToken::Unknown));
        }
        check_proof(call, &token, proof_needed)?;
        Ok(Self { token })
    }

    /// What `me` stands for.
    pub fn subject(&self) -> String {
        match &self.token.grant.holder {
            Holder::FacebookUser(id) | Holder::FacebookPage(id) | Holder::InstagramUser(id) => {
                id.clone()
            }
            Holder::MastodonAccount(_) | Holder::MastodonApp | Holder::GoogleUser(_) => {
                String::new()
            }
        }
    }

    pub fn is_page(&self, page: &cast::Page) -> bool {
        self.token.grant.holder == Holder::FacebookPage(page.id.to_owned())
    }

    /// Whether the person ticked this Page, or this is the Page's own token.
    pub fn sees_page(&self, page: &cast::Page) -> bool {
        match &self.token.grant.holder {
            Holder::FacebookUser(_) => self.token.grant.pages.iter().any(|id| id == page.id),
            Holder::FacebookPage(id) => id == page.id,
            _ => false,
        }
    }

    pub fn sees_instagram(&self, id: &str) -> bool {
        match &self.token.grant.holder {
            Holder::InstagramUser(own) => own == id,
            _ => cast::page_of_instagram(id).is_some_and(|page| self.sees_page(page)),
        }
    }

    /// Whether the token came from Instagram Login.
    pub fn is_instagram_login(&self) -> bool {
        matches!(self.token.grant.holder, Holder::InstagramUser(_))
    }

    /// Posting on a Page needs the Page's own token and the person's leave to publish.
    pub fn may_post_on(&self, page: &cast::Page) -> Result<(), GraphError> {
        if !self.is_page(page) {
            return Err(GraphError::permission(
                "Publishing on a Page needs a Page access token with pages_read_engagement and pages_manage_posts",
            ));
        }
        if !self.token.has("pages_manage_posts") {
            return Err(GraphError::permission(
                "If posting to a page, requires both pages_read_engagement and pages_manage_posts as an admin with \
                 sufficient administrative permission",
            ));
        }
        Ok(())
    }

    /// Publishing on Instagram needs the flavour's own scope.
    pub fn may_publish_on_instagram(&self) -> Result<(), GraphError> {
        let scope = if self.is_instagram_login() {
            "instagram_business_content_publish"
        } else {
            "instagram_content_publish"
        };
        if self.token.has(scope) {
            Ok(())
        } else {
            Err(GraphError::no_capability())
        }
    }
}

fn no_token(call: &Call) -> GraphError {
    if call.path().first() == Some(&"me") {
        return GraphError::new(
            2500,
            "An active access token must be used to query information about the current user.",
        );
    }
    GraphError::new(104, "An access token is required to request this resource.")
}

/// A proof that was sent must be right; whether one must be sent is a setting, as it is of a real app.
fn check_proof(call: &Call, token: &Token, needed: bool) -> Result<(), GraphError> {
    let proof = call.params.get("appsecret_proof");
    match proof {
        None if needed => Err(GraphError::new(
            100,
            "API calls from the server require an appsecret_proof argument",
        )),
        Some(proof) if !proves(proof, call.params.get("appsecret_time"), token) => Err(
            GraphError::new(100, "Invalid appsecret_proof provided in the API argument"),
        ),
        _ => Ok(()),
    }
}

fn proves(proof: &str, time: Option<&str>, token: &Token) -> bool {
    let Ok(proof) = hex::decode(proof) else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(token.client_secret.as_bytes())
        .expect("any key length is good");
    mac.update(token.text.as_bytes());
    if let Some(time) = time {
        mac.update(format!("|{time}").as_bytes());
    }
    mac.verify_slice(&proof).is_ok()
}
