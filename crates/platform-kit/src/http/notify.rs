//! Telling a program outside something, at an address that a person typed.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::RETRY_AFTER;
use url::Url;

use super::client::{HttpClient, causes};
use super::egress::{AddressRefused, GuardError, NameNotFound, guard_error};

/// So much of an answer is kept.
const KEPT: usize = 2048;
/// And so much is read, so that the connection can be used again.
const READ: usize = 64 * 1024;

/// What the program answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    pub status: u16,
    /// The header, as it came.
    pub retry_after: Option<String>,
    /// The first bytes, as text.
    pub body: String,
}

/// Why there is no answer, in words for whoever typed the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotifyError {
    #[error(transparent)]
    NotAllowed(#[from] AddressRefused),
    #[error("No server was found at {}. Check the address.", .0.host)]
    NoServer(NameNotFound),
    #[error("There was no answer within {0} seconds. Answer first, and do the work after that.")]
    TooSlow(u64),
    #[error(
        "The server could not be reached. See whether it runs and its certificate is good. ({0})"
    )]
    Unreachable(String),
}

impl HttpClient {
    /// Posts `body` there with those headers and reads what comes back, within that time. Redirects are not followed, and private
    /// addresses are refused.
    ///
    /// # Errors
    /// When nothing was answered; see [`NotifyError`].
    pub async fn notify(
        &self,
        url: Url,
        headers: &[(String, String)],
        body: String,
        within: Duration,
    ) -> Result<Acknowledged, NotifyError> {
        let mut request = self.typed_even_plain(Method::POST, url)?;
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let failed = |error: reqwest::Error| in_words(&error.without_url(), within);
        let request = request.body(body).timeout(within);
        let mut answer = request.send().await.map_err(failed)?;
        let status = answer.status().as_u16();
        let retry_after = answer.headers().get(RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok());
        let retry_after = retry_after.map(str::to_owned);
        let (mut kept, mut read) = (Vec::new(), 0);
        // The status has been said; that the rest did not come changes nothing.
        while let Ok(Some(chunk)) = answer.chunk().await {
            read += chunk.len();
            let room = KEPT - kept.len();
            kept.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if read >= READ {
                break;
            }
        }
        Ok(Acknowledged {
            status,
            retry_after,
            body: String::from_utf8_lossy(&kept).into_owned(),
        })
    }
}

fn in_words(error: &reqwest::Error, within: Duration) -> NotifyError {
    match guard_error(error) {
        Some(GuardError::Refused(refused)) => refused.into(),
        Some(GuardError::NotFound(unknown)) => NotifyError::NoServer(unknown),
        None if error.is_timeout() => NotifyError::TooSlow(within.as_secs()),
        None => NotifyError::Unreachable(causes(error)),
    }
}
