//! Which machine asks, past the proxies that the operator trusts.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use fanfare_app::accounts::Visitor;
use ipnet::IpNet;

use crate::session_cookie;
use crate::state::ApiState;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The machine at the other end of the connection. Absent where there is no connection, as in some tests.
pub(crate) fn peer(extensions: &Extensions) -> Option<IpAddr> {
    let ConnectInfo(address) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(address.ip().to_canonical())
}

/// The nearest machine that is not one of our proxies: each proxy appends whom it was asked by, so the list is read from its end.
///
/// Nothing beyond what cannot be read is believed: whoever asks wrote the beginning of the list.
pub(crate) fn client(
    extensions: &Extensions,
    headers: &HeaderMap,
    proxies: &[IpNet],
) -> Option<IpAddr> {
    let is_proxy = |address: &IpAddr| proxies.iter().any(|net| net.contains(address));
    let peer = peer(extensions)?;
    if !is_proxy(&peer) {
        return Some(peer);
    }
    let lists = headers.get_all(FORWARDED_FOR).iter().rev();
    lists
        .flat_map(|list| list.as_bytes().rsplit(|byte| *byte == b','))
        .map_while(listed)
        .find(|address| !is_proxy(address))
        .or(Some(peer))
}

/// An entry of the list: an address, which some proxies write with the port that the request came from.
fn listed(entry: &[u8]) -> Option<IpAddr> {
    let entry = str::from_utf8(entry).ok()?.trim();
    let bare = entry
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(entry);
    let with_port = || entry.parse().map(|address: SocketAddr| address.ip());
    let address: IpAddr = bare.parse().or_else(|_| with_port()).ok()?;
    Some(address.to_canonical())
}

/// Whether the caller runs on this machine and nobody stands behind it.
pub(crate) fn is_local(extensions: &Extensions, headers: &HeaderMap) -> bool {
    let is_forwarded = headers.contains_key(FORWARDED_FOR) || headers.contains_key("forwarded");
    !is_forwarded && peer(extensions).is_some_and(|address| address.is_loopback())
}

/// Where a request to sign in comes from.
pub(crate) struct Visiting(pub Visitor);

impl FromRequestParts<ApiState> for Visiting {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Infallible> {
        let address = client(
            &parts.extensions,
            &parts.headers,
            &state.settings.trusted_proxies,
        );
        let user_agent = parts
            .headers
            .get(USER_AGENT)
            .and_then(|value| value.to_str().ok());
        Ok(Self(Visitor {
            ip: address
                .map(|address| address.to_string())
                .unwrap_or_default(),
            user_agent: user_agent.unwrap_or_default().to_owned(),
            shown: session_cookie::read(&parts.headers, &state.app.config.public_url),
        }))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asked(peer: &str, forwarded: Option<&str>) -> (Extensions, HeaderMap) {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        if let Some(list) = forwarded {
            let list = HeaderValue::from_bytes(list.as_bytes()).unwrap();
            headers.insert(FORWARDED_FOR, list);
        }
        (extensions, headers)
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxies = [
            "127.0.0.0/8".parse().unwrap(),
            "10.0.0.0/8".parse().unwrap(),
        ];
        for (peer, forwarded, expected) in [
            ("203.0.113.5", Some("198.51.100.1"), "203.0.113.5"),
            ("127.0.0.1", Some("198.51.100.1"), "198.51.100.1"),
            (
                "127.0.0.1",
                Some("1.1.1.1, 198.51.100.1, 10.0.0.2"),
                "198.51.100.1",
            ),
            ("127.0.0.1", Some("nonsense"), "127.0.0.1"),
            // With the port, as some proxies append it: what stands before is the client's own word.
            (
                "127.0.0.1",
                Some("1.1.1.1, 198.51.100.1:4711"),
                "198.51.100.1",
            ),
            (
                "127.0.0.1",
                Some("1.1.1.1, 198.51.100.1:4711, 10.0.0.2:80"),
                "198.51.100.1",
            ),
            (
                "127.0.0.1",
                Some("1.1.1.1, [2001:db8::7]:443"),
                "2001:db8::7",
            ),
            ("127.0.0.1", Some("1.1.1.1, [2001:db8::7]"), "2001:db8::7"),
            ("127.0.0.1", Some("2001:db8::7"), "2001:db8::7"),
            (
                "127.0.0.1",
                Some("1.1.1.1, ::ffff:198.51.100.1"),
                "198.51.100.1",
            ),
            // Nothing behind what cannot be read is believed.
            ("127.0.0.1", Some("1.1.1.1, unknown"), "127.0.0.1"),
            ("127.0.0.1", Some("1.1.1.1, unknown, 10.0.0.2"), "127.0.0.1"),
            ("127.0.0.1", Some("1.1.1.1, 198.51.100.1:port"), "127.0.0.1"),
            ("127.0.0.1", Some("1.1.1.1, [198.51.100.1"), "127.0.0.1"),
            ("127.0.0.1", Some("1.1.1.1,"), "127.0.0.1"),
            ("127.0.0.1", Some("1.1.1.1, h\u{e9}llo"), "127.0.0.1"),
            ("127.0.0.1", Some("10.0.0.3, 10.0.0.2"), "127.0.0.1"),
            ("127.0.0.1", None, "127.0.0.1"),
        ] {
            let (extensions, headers) = asked(peer, forwarded);
            let found = client(&extensions, &headers, &proxies);
            assert_eq!(
                found,
                Some(expected.parse().unwrap()),
                "{peer} {forwarded:?}"
            );
        }
    }

    #[test]
    fn the_last_of_several_headers_is_the_nearest() {
        let proxies = ["127.0.0.0/8".parse().unwrap()];
        let (extensions, mut headers) = asked("127.0.0.1", Some("1.1.1.1"));
        headers.append(FORWARDED_FOR, HeaderValue::from_static("198.51.100.1"));
        let found = client(&extensions, &headers, &proxies);
        assert_eq!(found, Some("198.51.100.1".parse().unwrap()));
    }

    #[test]
    fn whoever_came_through_a_proxy_is_not_local() {
        let local = |peer, forwarded| {
            let (extensions, headers) = asked(peer, forwarded);
            is_local(&extensions, &headers)
        };
        assert!(local("127.0.0.1", None));
        assert!(local("::ffff:127.0.0.1", None));
        assert!(!local("127.0.0.1", Some("198.51.100.1")));
        assert!(!local("198.51.100.1", None));
    }
}
