//! Which addresses lie in the public internet.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

use ipnet::{Ipv4Net, Ipv6Net};

/// IPv4 that is not public, by the IANA special-purpose registry.
static SPECIAL_V4: LazyLock<Vec<Ipv4Net>> = LazyLock::new(|| {
    nets(&[
        "0.0.0.0/8",       // this network
        "10.0.0.0/8",      // private
        "100.64.0.0/10",   // carrier-grade NAT, and a cloud's metadata at 100.100.100.200
        "127.0.0.0/8",     // loopback
        "169.254.0.0/16",  // link-local, and most clouds' metadata at 169.254.169.254
        "172.16.0.0/12",   // private
        "192.0.0.0/24",    // protocol assignments
        "192.0.2.0/24",    // documentation
        "192.88.99.0/24",  // 6to4 relays
        "192.168.0.0/16",  // private
        "198.18.0.0/15",   // benchmarks
        "198.51.100.0/24", // documentation
        "203.0.113.0/24",  // documentation
        "224.0.0.0/4",     // multicast
        "240.0.0.0/4",     // reserved, and broadcast
    ])
});

/// Where all public IPv6 lies today; everything else is refused without being named.
static GLOBAL_V6: LazyLock<Vec<Ipv6Net>> = LazyLock::new(|| nets(&["2000::/3"]));

/// What is not public within [`GLOBAL_V6`].
static SPECIAL_V6: LazyLock<Vec<Ipv6Net>> = LazyLock::new(|| {
    nets(&[
        "2001::/23",     // protocol assignments, with Teredo and ORCHID
        "2001:db8::/32", // documentation
        "3fff::/20",     // documentation
    ])
});

/// The address that is really reached: IPv4 that is carried inside IPv6 (mapped, NAT64, 6to4) is unwrapped.
pub(super) fn unwrapped(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else {
        return address;
    };
    let [a, b, c, d, e, f, g, h] = v6.segments();
    let carried = match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => Some((g, h)),
        [0x2002, ..] => Some((b, c)),
        _ => None,
    };
    carried.map_or(address, |(high, low)| IpAddr::V4(v4_of(high, low)))
}

/// Whether an address may be reached by anybody. `address` is [`unwrapped`] first.
pub(super) fn is_public(address: IpAddr) -> bool {
    match unwrapped(address) {
        IpAddr::V4(v4) => !within(&SPECIAL_V4, |net| net.contains(&v4)),
        IpAddr::V6(v6) => {
            within(&GLOBAL_V6, |net| net.contains(&v6))
                && !within(&SPECIAL_V6, |net| net.contains(&v6))
        }
    }
}

/// Names that mean this machine or this network, whatever they resolve to.
pub(super) fn is_inner_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    matches!(
        last,
        "localhost" | "local" | "internal" | "localdomain" | "lan" | "intranet" | "arpa"
    ) || name == "metadata.amazonaws.com"
        || !name.contains('.')
}

fn v4_of(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(high) << 16 | u32::from(low))
}

fn nets<N: std::str::FromStr<Err: std::fmt::Debug>>(texts: &[&str]) -> Vec<N> {
    texts
        .iter()
        .map(|text| text.parse().expect("the table holds networks"))
        .collect()
}

fn within<N>(nets: &[N], holds: impl Fn(&N) -> bool) -> bool {
    nets.iter().any(holds)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::net::Ipv6Addr;

    #[test]
    fn what_is_public_and_what_is_not() {
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001::1",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ];
        let private = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.0",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "64:ff9b:1::808:808",
            "100::1",
            "2001::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2002:c0a8:1::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ];
        for text in public {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        for text in private {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn names_of_this_network() {
        for name in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer.local",
            "metadata.google.internal",
            "metadata.amazonaws.com",
            "postgres",
            "router.lan",
            "1.0.0.127.in-addr.arpa",
        ] {
            assert!(is_inner_name(name), "{name}");
        }
        for name in [
            "mastodon.social",
            "localhost.example",
            "internal.example.org",
            "local.dev",
        ] {
            assert!(!is_inner_name(name), "{name}");
        }
    }

    /// IPv4 networks that no installation reaches by accident, drawn whole.
    pub(in crate::http) fn private_v4() -> impl Strategy<Value = Ipv4Addr> {
        (0..SPECIAL_V4.len(), any::<u32>()).prop_map(|(index, random)| {
            let net = SPECIAL_V4[index];
            let host = random & u32::from(net.hostmask());
            Ipv4Addr::from(u32::from(net.network()) | host)
        })
    }

    proptest! {
        #[test]
        fn no_private_address_passes_in_any_wrapping(v4 in private_v4(), tail in any::<u64>()) {
            let bits = u32::from(v4);
            let (high, low) = ((bits >> 16) as u16, bits as u16);
            prop_assert!(!is_public(v4.into()));
            for wrapped in [
                v4.to_ipv6_mapped(),
                v4.to_ipv6_compatible(),
                Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
                Ipv6Addr::from(0x2002_u128 << 112 | u128::from(bits) << 80 | u128::from(tail)),
            ] {
                prop_assert!(!is_public(wrapped.into()), "{}", wrapped);
            }
        }

        #[test]
        fn the_standard_library_agrees_on_what_is_private(bits in any::<u32>()) {
            let v4 = Ipv4Addr::from(bits);
            if v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast()
                || v4.is_broadcast() || v4.is_documentation() || v4.is_unspecified()
            {
                prop_assert!(!is_public(v4.into()));
            }
        }

        #[test]
        fn nothing_outside_global_unicast_passes(bits in any::<u128>()) {
            let v6 = Ipv6Addr::from(bits);
            if v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_multicast() || v6.is_loopback() {
                prop_assert!(!is_public(v6.into()));
            }
        }
    }
}
