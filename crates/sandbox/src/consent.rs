//! What every platform's consent dialog has in common: reading the request, asking a person, and sending them back.
//!
//! A `POST` to the dialog's own address without the page's fields means "yes to everything", so that scripts and
//! tests need not read the page.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::Platform;
use crate::call::Call;
use crate::pages;
use crate::state::World;

/// An authorization request that can be shown to a person.
pub struct Request {
    pub platform: Platform,
    pub client_id: String,
    /// How the application calls itself.
    pub app_name: String,
    pub redirect_uri: String,
    pub state: Option<String>,
    pub scopes: Vec<String>,
    /// All parameters, to be carried through the form.
    pub carried: Vec<(String, String)>,
    /// Where the form goes: the dialog's own path.
    pub action: String,
}

/// What is asked on a consent page.
pub struct Consent {
    pub title: &'static str,
    pub person: &'static str,
    pub question: &'static str,
    /// Whether several accounts may be chosen.
    pub many: bool,
    pub choices: Vec<Choice>,
    pub permissions: Vec<Permission>,
    pub agree: &'static str,
    pub refuse: &'static str,
}

/// An account that can be chosen.
pub struct Choice {
    pub id: &'static str,
    pub name: &'static str,
    pub detail: String,
    pub chosen: bool,
}

/// A permission that can be unticked unless it is fixed.
pub struct Permission {
    pub scope: String,
    pub words: &'static str,
    pub fixed: bool,
}

/// What the person said.
pub enum Decision {
    Denied,
    Granted {
        /// Unset when the page was never shown: everything.
        choices: Option<Vec<String>>,
        scopes: Vec<String>,
        declined: Vec<String>,
    },
}

/// Names of the form's own fields; everything else is the request.
const OWN_FIELDS: [&str; 4] = ["shown", "decision", "choice", "grant"];

impl Request {
    /// Reads the request, or makes the page that says what is wrong with it. Nobody is sent to an address that is not
    /// plainly one.
    pub fn read(world: &World, platform: Platform, call: &Call) -> Result<Self, Box<Response>> {
        let refuse = |why: String| Box::new(refusal(platform, &why));
        let required = |name: &str| {
            call.params
                .get(name)
                .map(str::to_owned)
                .ok_or_else(|| refuse(format!("The parameter {name} is missing.")))
        };
        let client_id = required("client_id")?;
        if !world.knows_app(platform, &client_id, None) {
            return Err(refuse(format!(
                "Invalid App ID: {client_id} does not look like one of the accepted applications."
            )));
        }
        let redirect_uri = required("redirect_uri")?;
        if Url::parse(&redirect_uri).is_err() {
            return Err(refuse(
                "The parameter redirect_uri is not an address.".to_owned(),
            ));
        }
        if let Some(other) = call
            .params
            .get("response_type")
            .filter(|kind| *kind != "code")
        {
            return Err(refuse(format!(
                "The response type {other} is not supported; ask for code."
            )));
        }
        let scopes = call
            .params
            .get("scope")
            .unwrap_or("")
            .split([',', ' ', '+'])
            .filter(|scope| !scope.is_empty());
        let mut distinct: Vec<String> = Vec::new();
        for scope in scopes {
            if !distinct.iter().any(|known| known == scope) {
                distinct.push(scope.to_owned());
            }
        }
        let carried = call
            .params
            .pairs()
            .filter(|(name, _)| !OWN_FIELDS.contains(name));
        Ok(Self {
            platform,
            app_name: format!("Application {client_id}"),
            client_id,
            redirect_uri,
            state: call.params.get("state").map(str::to_owned),
            scopes: distinct,
            carried: carried
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            action: call.address.clone(),
        })
    }

    /// Adds a scope that is always granted.
    pub fn add_first(&mut self, scope: &str) {
        if !self.scopes.iter().any(|known| known == scope) {
            self.scopes.insert(0, scope.to_owned());
        }
    }

    pub fn decision(&self, call: &Call) -> Decision {
        if matches!(call.params.get("decision"), Some("cancel" | "deny")) {
            return Decision::Denied;
        }
        if call.params.get("shown").is_none() {
            return Decision::Granted {
                choices: None,
                scopes: self.scopes.clone(),
                declined: Vec::new(),
            };
        }
        let granted: Vec<&str> = call.params.all("grant").collect();
        let (scopes, declined) = self
            .scopes
            .iter()
            .cloned()
            .partition(|scope| granted.contains(&scope.as_str()));
        let choices = call.params.all("choice").map(str::to_owned).collect();
        Decision::Granted {
            choices: Some(choices),
            scopes,
            declined,
        }
    }

    pub fn refuse(&self, why: &str) -> Response {
        refusal(self.platform, why)
    }

    /// Redirects to the application with the answer and its own `state`.
    pub fn send_back(&self, answer: &[(&str, &str)]) -> Response {
        self.send_back_with_tail(answer, "")
    }

    /// The same, with the fragment that Facebook and Instagram append.
    pub fn send_back_with_tail(&self, answer: &[(&str, &str)], tail: &str) -> Response {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(answer);
        if let Some(state) = &self.state {
            query.append_pair("state", state);
        }
        let joint = if self.redirect_uri.contains('?') {
            '&'
        } else {
            '?'
        };
        let address = format!("{}{joint}{}{tail}", self.redirect_uri, query.finish());
        (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
    }
}

impl Consent {
    pub fn show(&self, request: &Request) -> Response {
        pages::consent::show(self, request)
    }
}

fn refusal(platform: Platform, why: &str) -> Response {
    pages::consent::refusal(platform, why)
}
