//! Whether a platform can fetch pictures and videos from here.

use std::net::IpAddr;
use std::time::Duration;

use fanfare_platform_kit::Manifest;
use fanfare_platform_kit::settings::join;
use url::{Host, Url};

use super::findings::finding;
use super::{Finding, Health, Repair};
use crate::App;

const PATIENCE: Duration = Duration::from_secs(5);
const TITLE: &str = "Pictures and videos can be fetched from here";

pub(super) async fn look(app: &App, manifest: &Manifest) -> Finding {
    let (name, url) = (manifest.name, &app.config.public_url);
    let pretend = app
        .settings
        .of(manifest.id)
        .is_some_and(|settings| settings.is_sandbox);
    if is_private(url) {
        return if pretend {
            let detail = format!(
                "The sandbox runs beside Fanfare, so it can. The real {name} could not reach {url}: set FANFARE_PUBLIC_URL before you use it."
            );
            found(Health::Ok, detail)
        } else {
            let detail = format!(
                "{name} fetches them itself, and {url} leads nowhere from there. Put Fanfare behind a public address and set FANFARE_PUBLIC_URL."
            );
            broken(Health::Failed, detail)
        };
    }
    match app.http.knock(join(url, "health/live"), PATIENCE).await {
        Ok(200) => found(Health::Ok, format!("Fanfare answers at {url}.")),
        Ok(status) => broken(
            Health::Warning,
            format!(
                "{url} answers with {status}, not as Fanfare does. {name} will probably fail to fetch them; look at the proxy in front of it."
            ),
        ),
        Err(_) => broken(
            Health::Warning,
            format!(
                "From this machine, {url} does not answer. If {name} cannot reach it either, posts with pictures fail; look at FANFARE_PUBLIC_URL and the proxy."
            ),
        ),
    }
}

fn found(state: Health, detail: String) -> Finding {
    finding("public_address", TITLE, state, detail)
}

fn broken(state: Health, detail: String) -> Finding {
    Finding {
        repair: Some(Repair::Documentation),
        ..found(state, detail)
    }
}

/// Only this machine or its own network reaches it.
fn is_private(url: &Url) -> bool {
    match url.host() {
        None => true,
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost"
                || [".localhost", ".local", ".internal", ".lan", ".home.arpa"]
                    .iter()
                    .any(|end| name.ends_with(end))
                || !name.contains('.')
        }
        Some(Host::Ipv4(address)) => is_private_address(address.into()),
        Some(Host::Ipv6(address)) => is_private_address(address.into()),
    }
}

fn is_private_address(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            v4.is_loopback()
                || v4.is_private()
                || v4.is_link_local()
                || v4.is_unspecified()
                // Shared address space of providers.
                || (v4.octets()[0] == 100 && (64..128).contains(&v4.octets()[1]))
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_nowhere_from_outside_are_known() {
        for (url, private) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080/", true),
            ("http://fanfare/", true),
            ("https://fanfare.local", true),
            ("http://192.168.1.4", true),
            ("http://100.64.0.1", true),
            ("http://[::1]:8080", true),
            ("http://[::ffff:10.0.0.1]", true),
            ("http://[fd00::1]", true),
            ("https://fanfare.example.org", false),
            ("https://203.0.113.9", false),
            ("https://[2001:db8::1]", false),
        ] {
            assert_eq!(is_private(&Url::parse(url).unwrap()), private, "{url}");
        }
    }
}
