//! What `FANFARE_REDIS_URL` leads to.

use fanfare_domain::Secret;
use redis::{Client, ConnectionInfo, IntoConnectionInfo as _};

/// A client of the server at that address.
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
    let info: ConnectionInfo = text
        .into_connection_info()
        .map_err(|_| "that is no address of a Redis server".to_owned())?;
    Client::open(info).map_err(|_| "that is no address of a Redis server".to_owned())
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
        ] {
            let words = check(wrong).unwrap_err();
            assert!(!words.contains("secret"), "{words}");
        }
    }
}
