//! Which addresses may be reached when a person typed them.
//!
//! A check of the address as written comes first; then the resolver gives only addresses that may be reached, so that
//! what was checked is what is connected to. Redirects are not followed: whoever wants one asks anew.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use fanfare_domain::ErrorCode;
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder};
use url::{Host, Url};

use super::address::{is_inner_name, is_public, unwrapped};
use crate::error::{Advice, PlatformError};

/// Public addresses, plus what the operator allows (`FANFARE_EGRESS_ALLOW`) and single exceptions (the sandbox's port).
#[derive(Debug, Clone, Default)]
pub struct EgressPolicy {
    allowed: Arc<Vec<IpNet>>,
    exceptions: Arc<Vec<SocketAddr>>,
}

/// An address that may not be reached from here, in words for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    #[error("Only addresses that begin with https:// can be used.")]
    Scheme,
    #[error("The address must not contain a user name or a password.")]
    UserInfo,
    #[error("The address is longer than {LONGEST} characters.")]
    TooLong,
    #[error("{0} is reached over http://, which anybody on the way can read. Use https://.")]
    Unencrypted(String),
    #[error(
        "{0} is on a private network, which may not be reached from here. \
         The operator can allow it with FANFARE_EGRESS_ALLOW."
    )]
    Private(String),
}

/// A name that the domain name system does not know, or did not tell us.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no address found for {host}: {reason}")]
pub struct NameNotFound {
    pub host: String,
    pub reason: String,
}

const LONGEST: usize = 2048;

impl EgressPolicy {
    #[must_use]
    pub fn new(allowed: Vec<IpNet>, exceptions: Vec<SocketAddr>) -> Self {
        Self {
            allowed: Arc::new(allowed),
            exceptions: Arc::new(exceptions),
        }
    }

    /// Refuses addresses that are wrong in themselves: scheme, user info, private IP literals.
    ///
    /// A name that passes is judged once more by what it resolves to, when [`GuardedClient`] connects.
    ///
    /// # Errors
    /// Says which of the rules the address breaks.
    pub fn check(&self, url: &Url) -> Result<(), AddressRefused> {
        let host = url.host().ok_or(AddressRefused::Scheme)?;
        let encrypted = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(AddressRefused::Scheme),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressRefused::UserInfo);
        }
        if url.as_str().len() > LONGEST {
            return Err(AddressRefused::TooLong);
        }
        if self.exception(url).is_some() {
            return Ok(());
        }
        let address: IpAddr = match host {
            Host::Ipv4(v4) => v4.into(),
            Host::Ipv6(v6) => v6.into(),
            Host::Domain(name) => return self.check_name(name, encrypted),
        };
        if self.allows(address) {
            return Ok(());
        }
        match (is_public(address), encrypted) {
            (true, true) => Ok(()),
            (true, false) => Err(AddressRefused::Unencrypted(host.to_string())),
            (false, _) => Err(AddressRefused::Private(host.to_string())),
        }
    }

    /// Whether a connection to `address` may be made.
    #[must_use]
    pub fn permits(&self, address: IpAddr) -> bool {
        self.allows(address) || is_public(address)
    }

    fn check_name(&self, name: &str, encrypted: bool) -> Result<(), AddressRefused> {
        // Where the operator allows something, the resolver decides, by what the name stands for.
        match (self.allowed.is_empty(), encrypted) {
            (true, _) if is_inner_name(name) => Err(AddressRefused::Private(name.to_owned())),
            (true, false) => Err(AddressRefused::Unencrypted(name.to_owned())),
            _ => Ok(()),
        }
    }

    fn allows(&self, address: IpAddr) -> bool {
        let address = unwrapped(address);
        self.allowed.iter().any(|net| net.contains(&address))
    }

    /// The exception that `url` means: by its IP and port, or as `localhost` and its port.
    fn exception(&self, url: &Url) -> Option<SocketAddr> {
        let port = url.port_or_known_default()?;
        self.exceptions.iter().copied().find(|exception| {
            exception.port() == port
                && match url.host() {
                    Some(Host::Ipv4(v4)) => exception.ip() == v4,
                    Some(Host::Ipv6(v6)) => unwrapped(v6.into()) == exception.ip(),
                    Some(Host::Domain(name)) => {
                        exception.ip().is_loopback()
                            && name.trim_end_matches('.').eq_ignore_ascii_case("localhost")
                    }
                    None => false,
                }
        })
    }
}

/// An HTTP client for addresses that people type. It follows no redirects.
#[derive(Clone)]
pub struct GuardedClient {
    policy: EgressPolicy,
    encrypted: Client,
    /// Plain http goes only where the operator allows it, so it has a resolver of its own.
    plain: Client,
}

impl GuardedClient {
    /// `builder` gives what else the client should be like; it is called twice.
    ///
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new(
        policy: EgressPolicy,
        builder: impl Fn() -> ClientBuilder,
    ) -> Result<Self, reqwest::Error> {
        let client = |public| {
            builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .dns_resolver(Arc::new(GuardedResolver {
                    policy: policy.clone(),
                    public,
                }))
                .build()
        };
        Ok(Self {
            encrypted: client(true)?,
            plain: client(false)?,
            policy,
        })
    }

    /// A call to `url`, if it may be reached.
    ///
    /// # Errors
    /// When the address as written breaks a rule. That a name stands for a private address shows only when the call is
    /// sent; [`guard_error`] finds it in the client's error.
    pub fn request(&self, method: Method, mut url: Url) -> Result<RequestBuilder, AddressRefused> {
        self.policy.check(&url)?;
        if let Some(exception) = self.policy.exception(&url) {
            // The resolver is not told ports, so an exception never passes through it.
            url.set_ip_host(exception.ip())
                .map_err(|()| AddressRefused::Scheme)?;
        }
        let client = if url.scheme() == "https" {
            &self.encrypted
        } else {
            &self.plain
        };
        Ok(client.request(method, url))
    }
}

impl GuardedClient {
    /// A call to `url` whatever its scheme: who had it typed was told what http:// means. What is private is refused all the same.
    ///
    /// # Errors
    /// As [`GuardedClient::request`], but for addresses that are not encrypted.
    pub fn request_even_plain(
        &self,
        method: Method,
        mut url: Url,
    ) -> Result<RequestBuilder, AddressRefused> {
        match self.policy.check(&url) {
            Ok(()) | Err(AddressRefused::Unencrypted(_)) => {}
            Err(refused) => return Err(refused),
        }
        if let Some(exception) = self.policy.exception(&url) {
            url.set_ip_host(exception.ip())
                .map_err(|()| AddressRefused::Scheme)?;
        }
        Ok(self.encrypted.request(method, url))
    }
}

struct GuardedResolver {
    policy: EgressPolicy,
    /// Whether public addresses pass, or only what the operator allows.
    public: bool,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.policy.clone();
        let public = self.public;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = look_up(&host).await?;
            let permitted = choose(&policy, public, &host, found)?;
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}

async fn look_up(host: &str) -> Result<Vec<SocketAddr>, NameNotFound> {
    let unknown = |reason: String| NameNotFound {
        host: host.to_owned(),
        reason,
    };
    let found: Vec<_> = tokio::net::lookup_host((host, 0))
        .await
        .map_err(|error| unknown(error.to_string()))?
        .collect();
    if found.is_empty() {
        Err(unknown("the answer is empty".to_owned()))
    } else {
        Ok(found)
    }
}

/// Those of the `found` addresses that may be reached under this name.
fn choose(
    policy: &EgressPolicy,
    public: bool,
    host: &str,
    found: Vec<SocketAddr>,
) -> Result<Vec<SocketAddr>, AddressRefused> {
    let inner = is_inner_name(host);
    let only_unencrypted = !public && !inner && found.iter().any(|at| is_public(at.ip()));
    let permitted: Vec<_> = found
        .into_iter()
        .filter(|at| policy.allows(at.ip()) || (public && !inner && is_public(at.ip())))
        .collect();
    match (permitted.is_empty(), only_unencrypted) {
        (false, _) => Ok(permitted),
        (true, true) => Err(AddressRefused::Unencrypted(host.to_owned())),
        (true, false) => Err(AddressRefused::Private(host.to_owned())),
    }
}

/// What the guard said, where it is the cause of a call's failure.
#[must_use]
pub fn guard_error(error: &reqwest::Error) -> Option<GuardError> {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(refused) = error.downcast_ref::<AddressRefused>() {
            return Some(GuardError::Refused(refused.clone()));
        }
        if let Some(unknown) = error.downcast_ref::<NameNotFound>() {
            return Some(GuardError::NotFound(unknown.clone()));
        }
        cause = error.source();
    }
    None
}

/// Why the guard let no connection be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuardError {
    Refused(AddressRefused),
    NotFound(NameNotFound),
}

impl From<AddressRefused> for PlatformError {
    fn from(refused: AddressRefused) -> Self {
        Self::new(
            Advice::FixContent {
                field: "address".to_owned(),
            },
            ErrorCode::AddressNotAllowed,
            refused.to_string(),
            format!("egress guard: {refused:?}"),
        )
    }
}

impl From<NameNotFound> for PlatformError {
    /// The name may be misspelt, or a name server may be down: while connecting it is the person's to mend, later only
    /// time tells. So it may be retried, under a code of its own.
    fn from(unknown: NameNotFound) -> Self {
        Self::new(
            Advice::Retry { after: None },
            ErrorCode::InvalidUrl,
            format!(
                "No server was found at {}. Check the address.",
                unknown.host
            ),
            unknown.to_string(),
        )
    }
}

impl From<GuardError> for PlatformError {
    fn from(error: GuardError) -> Self {
        match error {
            GuardError::Refused(refused) => refused.into(),
            GuardError::NotFound(unknown) => unknown.into(),
        }
    }
}

#[cfg(test)]
mod tests;
