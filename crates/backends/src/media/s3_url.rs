//! What `FANFARE_S3_URL` leads to.

use std::env;
use std::net::IpAddr;
use std::time::Duration;

use fanfare_domain::Secret;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// A bucket, and the folder in it that is ours.
pub(super) struct Place {
    /// For everything but writing.
    pub reading: AmazonS3,
    /// More patient: a server says nothing while it is sent something, and while it puts large files together.
    pub writing: AmazonS3,
    pub bucket: String,
    /// Empty when it is the whole bucket.
    pub folder: Path,
}

/// What an address says, before anything is made of it.
#[derive(Debug, PartialEq, Eq)]
struct Address {
    /// Absent for Amazon's own.
    endpoint: Option<String>,
    bucket: String,
    folder: String,
    region: Option<String>,
    key_id: Option<String>,
    secret_key: Option<String>,
    /// The bucket is a part of the host's name, not of the path.
    is_virtual_hosted: bool,
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the server may say nothing.
const SILENCE: Duration = Duration::from_secs(60);
const SILENCE_WHILE_WRITING: Duration = Duration::from_mins(5);
/// People wait for this.
const RETRY_TIMEOUT: Duration = Duration::from_secs(20);
const RETRIES: usize = 3;
/// What a server takes that has no regions.
const USUAL_REGION: &str = "us-east-1";

/// Reads the address, and the environment for keys that it does not hold.
///
/// # Errors
/// In words that do not repeat it.
pub(super) fn read(url: &Secret) -> Result<Place, String> {
    let address = address(url.expose())?;
    let key = key(&address)?;
    let is_plain = address
        .endpoint
        .as_deref()
        .is_some_and(|url| url.starts_with("http:"));
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&address.bucket)
        .with_region(address.region.as_deref().unwrap_or(USUAL_REGION))
        .with_access_key_id(key.id)
        .with_secret_access_key(key.secret)
        .with_virtual_hosted_style_request(address.is_virtual_hosted)
        .with_allow_http(is_plain)
        // Not every server takes several deletions in one request.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: RETRIES,
            retry_timeout: RETRY_TIMEOUT,
        });
    if let Some(endpoint) = &address.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    if let Some(token) = key.token {
        builder = builder.with_token(token);
    }
    let build = |silence| {
        let options = ClientOptions::new()
            .with_allow_http(is_plain)
            .with_connect_timeout(CONNECT_TIMEOUT)
            // A large file may take as long as it takes, while something comes.
            .with_timeout_disabled()
            .with_read_timeout(silence);
        let built = builder.clone().with_client_options(options).build();
        built.map_err(|error| format!("it cannot be used: {error}"))
    };
    Ok(Place {
        reading: build(SILENCE)?,
        writing: build(SILENCE_WHILE_WRITING)?,
        folder: Path::from(address.folder),
        bucket: address.bucket,
    })
}

struct Key {
    id: String,
    secret: String,
    token: Option<String>,
}

/// The address's own, or as a whole the one that the environment holds.
fn key(address: &Address) -> Result<Key, String> {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let key = match (&address.key_id, &address.secret_key) {
        (None, None) => variable("AWS_ACCESS_KEY_ID")
            .zip(variable("AWS_SECRET_ACCESS_KEY"))
            .map(|(id, secret)| (id, secret, variable("AWS_SESSION_TOKEN"))),
        (id, secret) => id
            .clone()
            .zip(secret.clone())
            .map(|(id, secret)| (id, secret, None)),
    };
    let (id, secret, token) = key.ok_or(
        "it holds no access key. Put the key's id and its secret before the host (https://ID:SECRET@…), or set \
         AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    )?;
    Ok(Key { id, secret, token })
}

fn address(text: &str) -> Result<Address, String> {
    let url = Url::parse(text.trim()).map_err(|_| "that is no address".to_owned())?;
    let Some(host) = url.host() else {
        return Err("it names no host".to_owned());
    };
    let path = decoded(url.path().trim_matches('/'))?;
    let mut address = Address {
        endpoint: None,
        bucket: String::new(),
        folder: String::new(),
        region: None,
        key_id: Some(decoded(url.username())?).filter(|id| !id.is_empty()),
        secret_key: url.password().map(decoded).transpose()?,
        is_virtual_hosted: true,
    };
    // With a port it is a server's address, which buckets' names cannot be.
    let is_server = url.scheme() != "s3" || url.port().is_some();
    if is_server {
        let (bucket, folder) = path.split_once('/').unwrap_or((&path, ""));
        (address.bucket, address.folder) = (bucket.to_owned(), folder.to_owned());
        address.endpoint = Some(endpoint(&url, &host)?);
        address.is_virtual_hosted = false;
    } else {
        (address.bucket, address.folder) = (host.to_string(), path);
    }
    for (name, value) in url.query_pairs() {
        match (&*name, &*value) {
            ("region", region) => address.region = Some(region.to_owned()),
            ("style", "path") => address.is_virtual_hosted = false,
            ("style", "host") => address.is_virtual_hosted = true,
            _ => {
                return Err(format!(
                    "it says “{name}” in a way that is not known; there are region=… and style=path or style=host"
                ));
            }
        }
    }
    if address.bucket.is_empty() {
        return Err("it names no bucket, which comes behind the host: https://ID:SECRET@s3.example.com/bucket".to_owned());
    }
    if address.endpoint.is_none() && address.region.is_none() {
        return Err("it does not say in which region of Amazon's the bucket is: add ?region=eu-central-1 or whichever it is".to_owned());
    }
    // Amazon's own is asked by the host's name; others get their bucket put before theirs.
    if let Some(endpoint) = address
        .endpoint
        .as_mut()
        .filter(|_| address.is_virtual_hosted)
    {
        *endpoint = endpoint.replacen("://", &format!("://{}.", address.bucket), 1);
    }
    Ok(address)
}

/// The server's own address. One that speaks `s3://` says not whether it is encrypted: it is, but on this machine.
fn endpoint(url: &Url, host: &Host<&str>) -> Result<String, String> {
    let is_here = match host {
        // Under a scheme that is not the web's own, numbers are taken for a name.
        Host::Domain(name) => {
            *name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    let scheme = match url.scheme() {
        "s3" if is_here => "http",
        "s3" => "https",
        scheme @ ("http" | "https") => scheme,
        _ => return Err("it must begin with s3://, https:// or http://".to_owned()),
    };
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    Ok(format!("{scheme}://{host}{port}"))
}

fn decoded(text: &str) -> Result<String, String> {
    let text = percent_decode_str(text).decode_utf8();
    text.map(Into::into)
        .map_err(|_| "what is escaped in it is no text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_where_the_bucket_is() {
        let table = [
            (
                "https://id:key@s3.example.com/media",
                Some("https://s3.example.com"),
                "media",
                "",
                None,
                false,
            ),
            (
                "http://id:key@127.0.0.1:9000/media/team/a?region=eu-west-1",
                Some("http://127.0.0.1:9000"),
                "media",
                "team/a",
                Some("eu-west-1"),
                false,
            ),
            (
                "https://id:key@fra1.example.com/media?style=host",
                Some("https://media.fra1.example.com"),
                "media",
                "",
                None,
                true,
            ),
            (
                "s3://id:key@media?region=eu-central-1",
                None,
                "media",
                "",
                Some("eu-central-1"),
                true,
            ),
            (
                "s3://id:key@media/team?region=eu-central-1&style=path",
                None,
                "media",
                "team",
                Some("eu-central-1"),
                false,
            ),
            (
                "s3://id:key@localhost:9000/media",
                Some("http://localhost:9000"),
                "media",
                "",
                None,
                false,
            ),
            (
                "s3://id:key@127.0.0.1:9000/media",
                Some("http://127.0.0.1:9000"),
                "media",
                "",
                None,
                false,
            ),
            (
                "s3://id:key@[::1]:9000/media",
                Some("http://[::1]:9000"),
                "media",
                "",
                None,
                false,
            ),
            (
                "s3://id:key@s3.example.com:8443/media/",
                Some("https://s3.example.com:8443"),
                "media",
                "",
                None,
                false,
            ),
            (
                "http://id:key@[::1]:9000/media",
                Some("http://[::1]:9000"),
                "media",
                "",
                None,
                false,
            ),
        ];
        for (text, endpoint, bucket, folder, region, is_virtual_hosted) in table {
            let expected = Address {
                endpoint: endpoint.map(str::to_owned),
                bucket: bucket.to_owned(),
                folder: folder.to_owned(),
                region: region.map(str::to_owned),
                key_id: Some("id".to_owned()),
                secret_key: Some("key".to_owned()),
                is_virtual_hosted,
            };
            assert_eq!(address(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn keys_may_hold_what_addresses_may_not() {
        let found = address("https://id:a%2Fb%2Bc%3D@s3.example.com/media").unwrap();
        assert_eq!(found.secret_key.as_deref(), Some("a/b+c="));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_key() {
        for (text, expected) in [
            ("media", "no address"),
            ("ftp://id:hush@example.com/media", "must begin with"),
            ("https://id:hush@s3.example.com/", "names no bucket"),
            ("s3://id:hush@media", "in which region"),
            ("https://id:hush@s3.example.com/media?zone=1", "zone"),
            ("https://id:hush@s3.example.com/media?style=both", "style"),
        ] {
            let wrong = address(text).unwrap_err();
            assert!(wrong.contains(expected), "{text}: {wrong}");
            assert!(!wrong.contains("hush"), "{wrong}");
        }
    }
}
