//! Fetches media from the address that a client gave, as Meta's crawlers do.

use bytes::{Bytes, BytesMut};
use url::Url;

/// Reads what lies at `address`, up to `limit` bytes; otherwise says why not.
pub async fn fetch(http: &reqwest::Client, address: &str, limit: usize) -> Result<Bytes, String> {
    let url = Url::parse(address).map_err(|_| format!("{address} is not an address"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("{} addresses are not fetched", url.scheme()));
    }
    let mut answer = http
        .get(url)
        .send()
        .await
        .map_err(|e| e.without_url().to_string())?;
    if !answer.status().is_success() {
        return Err(format!("the server answered {}", answer.status()));
    }
    let mut bytes = BytesMut::new();
    while let Some(piece) = answer
        .chunk()
        .await
        .map_err(|e| e.without_url().to_string())?
    {
        bytes.extend_from_slice(&piece);
        if bytes.len() > limit {
            return Err(format!("it is larger than {limit} bytes"));
        }
    }
    Ok(bytes.freeze())
}
