//! Reads single settings. What is wrong is said as the end of a sentence that begins “X is “…”, but”.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use fanfare_app::KeyRing;
use fanfare_app::accounts::oidc::NewAccounts;
use fanfare_backends::mail::{EventKey, Smtp};
use fanfare_backends::{limits, media};
use fanfare_domain::Secret;
use fanfare_domain::mail::MailSender;
use ipnet::IpNet;
use jiff::SignedDuration;
use tracing_subscriber::EnvFilter;
use url::Url;

use super::LogFormat;

type Read<T> = Result<T, String>;

pub(super) fn text(text: &str) -> Read<String> {
    let text = text.trim();
    if text.is_empty() {
        Err("it must not be empty.".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

pub(super) fn secret(text: &str) -> Read<Secret> {
    self::text(text).map(Secret::new)
}

/// Several, separated by commas.
pub(super) fn secrets(text: &str) -> Read<Vec<Secret>> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let found: Vec<Secret> = parts.map(Secret::new).collect();
    if found.is_empty() {
        Err("it must not be empty.".to_owned())
    } else {
        Ok(found)
    }
}

pub(super) fn path(text: &str) -> Read<PathBuf> {
    self::text(text).map(PathBuf::from)
}

pub(super) fn address(text: &str) -> Read<SocketAddr> {
    text.trim()
        .parse()
        .map_err(|_| "that is no address with a port. Write it like 127.0.0.1:8080.".to_owned())
}

pub(super) fn url(text: &str) -> Read<Url> {
    let wrong = || "that is no address of a website. Write it like https://example.com.".to_owned();
    let url = Url::parse(text.trim()).map_err(|_| wrong())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err(wrong())
    }
}

/// The root of a website: paths, queries and fragments would be lost in links.
pub(super) fn public_url(text: &str) -> Read<Url> {
    let url = url(text)?;
    let is_root = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if is_root {
        Ok(url)
    } else {
        Err("it must name a whole site, without a path: https://fanfare.example.com.".to_owned())
    }
}

pub(super) fn database(text: &str) -> Read<Secret> {
    let text = text.trim();
    let is_known = ["sqlite:", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    if is_known {
        Ok(Secret::new(text))
    } else {
        Err("it must begin with sqlite: or postgres://, such as postgres://fanfare:…@localhost/fanfare.".to_owned())
    }
}

pub(super) fn redis_url(text: &str) -> Read<Secret> {
    let secret = Secret::new(text.trim());
    limits::check_url(&secret).map_err(|wrong| {
        format!("{wrong}. Write it like redis://:password@127.0.0.1:6379, or rediss:// for TLS.")
    })?;
    Ok(secret)
}

pub(super) fn s3_url(text: &str) -> Read<Secret> {
    let secret = Secret::new(text.trim());
    media::check_url(&secret).map_err(|wrong| {
        format!("{wrong}. Write it like https://ID:SECRET@s3.example.com/bucket, or s3://ID:SECRET@bucket?region=eu-central-1 for Amazon's.")
    })?;
    Ok(secret)
}

pub(super) fn key_ring(text: &str) -> Read<Secret> {
    let secret = Secret::new(text.trim());
    KeyRing::parse(&secret).map_err(|error| format!("it cannot be used: {error}."))?;
    Ok(secret)
}

pub(super) fn on_off_or_auto(text: &str) -> Read<Option<bool>> {
    match text.trim() {
        "on" | "true" | "1" => Ok(Some(true)),
        "off" | "false" | "0" => Ok(Some(false)),
        "auto" => Ok(None),
        _ => Err("only on, off and auto are known.".to_owned()),
    }
}

pub(super) fn registration(text: &str) -> Read<bool> {
    match text.trim() {
        "open" => Ok(true),
        "invitation" => Ok(false),
        _ => Err("only invitation and open are known.".to_owned()),
    }
}

/// Where a provider publishes itself. Whoever could change that on the way would be let in, so it is encrypted, but on this machine.
pub(super) fn issuer(text: &str) -> Read<Url> {
    let url = url(text)?;
    let is_here = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    if url.query().is_some() || url.fragment().is_some() {
        Err("an issuer has nothing behind its path.".to_owned())
    } else if url.scheme() == "https" || is_here {
        Ok(url)
    } else {
        Err("it must begin with https://.".to_owned())
    }
}

pub(super) fn scopes(text: &str) -> Read<Vec<String>> {
    let all = text.split([' ', ',']).filter(|part| !part.is_empty());
    Ok(all.map(str::to_owned).collect())
}

pub(super) fn usual_scopes() -> Vec<String> {
    vec!["email".to_owned(), "profile".to_owned()]
}

pub(super) fn new_accounts(text: &str) -> Read<NewAccounts> {
    match text.trim() {
        "registration" => Ok(NewAccounts::AsRegistration),
        "always" => Ok(NewAccounts::Always),
        "never" => Ok(NewAccounts::Never),
        _ => Err("only registration, always and never are known.".to_owned()),
    }
}

pub(super) fn bytes(text: &str) -> Read<u64> {
    let wrong = || "that is no size. Write it like 500 MB, 2 GB or a number of bytes.".to_owned();
    let text = text.trim().to_uppercase();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text[digits.len()..].trim() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1024,
        "M" | "MB" | "MIB" => 1024 * 1024,
        "G" | "GB" | "GIB" => 1024 * 1024 * 1024,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    number
        .checked_mul(unit)
        .filter(|bytes| *bytes > 0)
        .ok_or_else(wrong)
}

pub(super) fn duration(text: &str) -> Read<SignedDuration> {
    let wrong = || "that is no length of time. Write it like 24h or 90m.".to_owned();
    let duration: SignedDuration = text.trim().parse().map_err(|_| wrong())?;
    if duration.is_negative() {
        Err(wrong())
    } else {
        Ok(duration)
    }
}

pub(super) fn networks(text: &str) -> Read<Vec<IpNet>> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let net = part
                .parse()
                .or_else(|_| part.parse::<IpAddr>().map(IpNet::from).map_err(drop));
            net.map_err(|()| {
                format!(
                    "“{part}” is no network. Write networks like 10.0.0.0/8, separated by commas."
                )
            })
        })
        .collect()
}

pub(super) fn loopback() -> Vec<IpNet> {
    networks("127.0.0.0/8, ::1/128").expect("these are networks")
}

pub(super) fn smtp_url(text: &str) -> Read<Secret> {
    let secret = Secret::new(text.trim());
    Smtp::new(&secret).map_err(|error| {
        format!("{error}. Write it like smtps://user:password@mail.example.com.")
    })?;
    Ok(secret)
}

pub(super) fn sendgrid() -> Url {
    Url::parse("https://api.sendgrid.com").expect("this is an address")
}

pub(super) fn sendgrid_event_key(text: &str) -> Read<EventKey> {
    EventKey::parse(text).ok_or_else(|| {
        "that is no verification key. Copy the one that SendGrid shows under Mail Settings, Event Webhooks.".to_owned()
    })
}

pub(super) fn mail_sender(text: &str) -> Read<MailSender> {
    MailSender::parse(text).ok_or_else(|| {
        "that is no e-mail address. Write it like Fanfare <fanfare@example.com>.".to_owned()
    })
}

pub(super) fn mail_rate(text: &str) -> Read<u32> {
    match text.trim().parse() {
        Ok(rate @ 1..) => Ok(rate),
        _ => Err("that is no number of messages a minute, such as 100.".to_owned()),
    }
}

pub(super) fn log_filter(text: &str) -> Read<String> {
    EnvFilter::builder()
        .parse(text)
        .map(|_| text.to_owned())
        .map_err(|error| format!("that is no filter for logs ({error}). Write it like info or info,fanfare_app=debug."))
}

pub(super) fn log_format(text: &str) -> Read<LogFormat> {
    match text.trim() {
        "auto" => Ok(LogFormat::Auto),
        "human" => Ok(LogFormat::Human),
        "json" => Ok(LogFormat::Json),
        _ => Err("only auto, human and json are known.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_and_without_units() {
        assert_eq!(bytes("1048576"), Ok(1024 * 1024));
        assert_eq!(bytes("500 MB"), Ok(500 * 1024 * 1024));
        assert_eq!(bytes("2gb"), Ok(2 * 1024 * 1024 * 1024));
        for text in ["", "0", "MB", "-1", "1.5 GB", "99999999999 GB", "5 parsecs"] {
            assert!(bytes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_url_is_a_whole_site() {
        assert!(public_url("https://fanfare.example").is_ok());
        for text in [
            "fanfare.example",
            "ftp://fanfare.example",
            "https://x.example/fanfare",
            "https://x.example/?a=b",
        ] {
            assert!(public_url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn networks_are_lists_of_ranges_or_single_addresses() {
        assert_eq!(networks("10.0.0.0/8, ::1").unwrap().len(), 2);
        assert_eq!(networks("").unwrap(), []);
        assert!(networks("10.0.0.0/33").is_err());
    }
}
