//! The public URL: is it one that people and platforms can use, and do we answer there.

use std::time::Duration;

use url::Url;

use super::Finding::{self, Good, Remarkable, Wrong};
use crate::config::Config;
use crate::serving;

const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn examine(config: &Config) -> Finding {
    let url = match &config.public_url {
        Some(url) => url.clone(),
        None => match serving::url_of(config.listen) {
            Ok(url) => url,
            Err(error) => return Wrong(format!("{error:#}.")),
        },
    };
    if let Some(finding) = by_form(&url) {
        return finding;
    }
    match answer(&url).await {
        Ok(true) => Good(format!("Fanfare answers at {url}.")),
        Ok(false) => Wrong(format!(
            "Something else answers at {url}. Check FANFARE_PUBLIC_URL and the proxy in front of Fanfare."
        )),
        Err(error) => Remarkable(format!(
            "Nothing answers at {url} ({error}); that is right while Fanfare does not run."
        )),
    }
}

fn by_form(url: &Url) -> Option<Finding> {
    let host = url.host_str().unwrap_or_default();
    let is_this_machine = host == "localhost" || host.starts_with("127.") || host == "[::1]";
    match (url.scheme(), is_this_machine) {
        ("https", _) => None,
        (_, true) => Some(Remarkable(format!(
            "The public URL is {url}: only this machine reaches it, and platforms cannot fetch pictures from it. That is right for trying out."
        ))),
        _ => Some(Wrong(format!(
            "The public URL is {url}: passwords and sessions would go over the network in the clear. Put a proxy with https in front, and set FANFARE_PUBLIC_URL."
        ))),
    }
}

async fn answer(url: &Url) -> Result<bool, reqwest::Error> {
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .no_proxy()
        .build()?;
    let answer = client
        .get(format!("{url}health/live"))
        .send()
        .await
        .map_err(reqwest::Error::without_url)?;
    Ok(answer.status().is_success() && answer.text().await?.contains("live"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_one_machine_only() {
        let form = |url| by_form(&Url::parse(url).unwrap());
        assert!(form("https://fanfare.example").is_none());
        assert!(matches!(form("http://127.0.0.1:8080"), Some(Remarkable(_))));
        assert!(matches!(form("http://fanfare.example"), Some(Wrong(_))));
    }
}
