//! What `FANFARE_REDIS_URL` leads to.

use fanfare_domain::Secret;
use redis::{Client, ConnectionInfo, IntoConnectionInfo as _, TlsCertificates};
use url::Url;

/// A client of the server at that address. Under `rediss://` the server proves itself by the certificates that the system trusts, or by
/// those in the file that `?ca=/path.pem` names, and by no others.
///
/// # Errors
/// In words, without the address.
pub(crate) fn client(url: &Secret) -> Result<Client, String> {
    let text = url.expose();
    if !["redis://", "rediss://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
    {
        return Err("it must begin with redis:// or rediss://".to_owned());
    }
    let unusable = || "that is no address of a Redis server".to_owned();
    let info: ConnectionInfo = text.into_connection_info().map_err(|_| unusable())?;
    let opened = match trusted(text)? {
        Some(pem) => Client::build_with_tls(
            info,
            TlsCertificates {
                client_tls: None,
                root_cert: Some(pem),
            },
        ),
        None => return Client::open(info).map_err(|_| unusable()),
    };
    opened.map_err(|_| "the file that ca names holds no certificates that can be used".to_owned())
}

/// The certificates of an authority of one's own.
fn trusted(text: &str) -> Result<Option<Vec<u8>>, String> {
    let Ok(url) = Url::parse(text) else {
        return Ok(None);
    };
    let Some((_, file)) = url.query_pairs().find(|(name, _)| name == "ca") else {
        return Ok(None);
    };
    if url.scheme() != "rediss" {
        return Err("ca is for TLS, which rediss:// speaks and redis:// does not".to_owned());
    }
    let pem = std::fs::read(file.as_ref())
        .map_err(|error| format!("the file {file} cannot be read: {error}"))?;
    // What is no certificate would be passed over, and then the server be refused without a word why.
    match pem.windows(11).any(|bytes| bytes == b"CERTIFICATE") {
        true => Ok(Some(pem)),
        false => Err(format!("the file {file} holds no certificates (PEM)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_never_repeated() {
        let check = |text: &str| client(&Secret::new(text)).map(drop);
        for good in [
            "redis://127.0.0.1",
            "redis://:pa%20ss@redis.example:6380/2",
            "rediss://user:secret@redis.example",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for wrong in [
            "",
            "redis.example:6379",
            "http://secret@redis.example",
            "redis://:secret@redis.example/not-a-number",
            "redis://:secret@redis.example/?ca=/etc/hostname",
            "rediss://:secret@redis.example/?ca=/nowhere/ca.pem",
            "rediss://:secret@redis.example/?ca=/etc/hostname",
        ] {
            let words = check(wrong).unwrap_err();
            assert!(!words.contains("secret"), "{words}");
        }
    }
}
