//! Fetching a file from an address that a person typed: guarded, with redirects, as a stream.

use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use reqwest::header::LOCATION;
use reqwest::{Method, Response, StatusCode};
use url::Url;

use super::client::{HttpClient, causes};
use super::egress::{AddressRefused, GuardError, NameNotFound, guard_error};

/// A file on its way.
pub struct Fetched {
    /// Where it was found in the end.
    pub url: Url,
    /// As the server announces it, which may be wrong.
    pub bytes: Option<u64>,
    /// Unpacked, where the server packed it for the way.
    pub content: BoxStream<'static, std::io::Result<Bytes>>,
}

/// Why nothing can be fetched there, in words for the person who typed the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error(transparent)]
    NotAllowed(#[from] AddressRefused),
    #[error("No server was found at {}. Check the address.", .0.host)]
    NoServer(NameNotFound),
    #[error(
        "The server did not answer in time. Try again, or download the file and upload it here."
    )]
    TooSlow,
    /// Carries what the log may know.
    #[error(
        "The server at this address could not be reached. Check the address, or try again later."
    )]
    Unreachable(String),
    #[error(
        "The server answered that there is nothing for us there (HTTP status {0}). Open the address in a private browser \
             window: what is not shown there cannot be fetched."
    )]
    Status(u16),
    #[error("The address leads to other addresses again and again, and never to a file.")]
    Redirects,
}

/// More hops than any honest address needs.
const MOST_REDIRECTS: usize = 5;

impl HttpClient {
    /// Gets what is at `url`. Each address that it leads to is judged like the first, no redirect gives encryption up, and nothing
    /// but the address is sent. All of it, the content included, has to be there `within` that time.
    ///
    /// # Errors
    /// See [`FetchError`]. Later failures come out of the stream.
    pub async fn fetch(&self, mut url: Url, within: Duration) -> Result<Fetched, FetchError> {
        let deadline = Instant::now() + within;
        for _ in 0..=MOST_REDIRECTS {
            let left = deadline.saturating_duration_since(Instant::now());
            let answer = self.get_typed(url.clone(), left).await?;
            let status = answer.status();
            if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
                url = next(&url, &answer)?;
            } else if status == StatusCode::OK {
                return Ok(fetched(url, answer));
            } else {
                return Err(FetchError::Status(status.as_u16()));
            }
        }
        Err(FetchError::Redirects)
    }

    async fn get_typed(&self, url: Url, within: Duration) -> Result<Response, FetchError> {
        let request = self.typed(Method::GET, url)?.timeout(within);
        request.send().await.map_err(|error| {
            let error = error.without_url();
            match guard_error(&error) {
                Some(GuardError::Refused(refused)) => refused.into(),
                Some(GuardError::NotFound(unknown)) => FetchError::NoServer(unknown),
                None if error.is_timeout() => FetchError::TooSlow,
                None => FetchError::Unreachable(causes(&error)),
            }
        })
    }
}

fn next(from: &Url, answer: &Response) -> Result<Url, FetchError> {
    let target = answer.headers().get(LOCATION);
    let target = target.and_then(|target| target.to_str().ok());
    let to = target.and_then(|target| from.join(target).ok());
    let to = to.ok_or(FetchError::Redirects)?;
    if from.scheme() == "https" && to.scheme() == "http" {
        let host = to.host_str().unwrap_or_default().to_owned();
        return Err(AddressRefused::Unencrypted(host).into());
    }
    Ok(to)
}

fn fetched(url: Url, answer: Response) -> Fetched {
    Fetched {
        url,
        bytes: answer.content_length(),
        content: answer
            .bytes_stream()
            .map_err(|error| std::io::Error::other(causes(&error.without_url())))
            .boxed(),
    }
}

#[cfg(test)]
mod tests;
