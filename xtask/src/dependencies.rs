//! `cargo x check-dependencies`: the licences and bans of deny.toml, checked without anything to install.
//!
//! cargo-deny reads the same file and does more (advisories, sources); this is the part that must hold on every machine.

use std::fs;

use crate::process::{self, Attempt};
use crate::project;

mod licence;

pub fn check(_: &[String]) -> Attempt {
    let policy = read("deny.toml")?;
    let allowed = quoted(section(&policy, "[licenses]"), "allow");
    let banned = quoted(section(&policy, "[bans]"), "deny");
    let packages = built()?;
    let complaints: Vec<String> = packages
        .iter()
        .filter_map(|package| package.complaint(&allowed, &banned))
        .collect();
    if complaints.is_empty() {
        println!(
            "{} packages, all under licences that deny.toml allows; none that it bans.",
            packages.len()
        );
        return Ok(());
    }
    Err(complaints.join("\n"))
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    licence: String,
}

impl Package {
    fn complaint(&self, allowed: &[&str], banned: &[&str]) -> Option<String> {
        let Self { name, licence } = self;
        if banned.contains(&name.as_str()) {
            return Some(format!(
                "{name} is banned by deny.toml: `cargo tree --workspace --invert {name}` tells who asks for it."
            ));
        }
        let met = licence::is_allowed(licence, allowed);
        (!met).then(|| format!("{name} is under \"{licence}\", which deny.toml does not allow."))
    }
}

/// Every package that ends up in the program or builds it.
fn built() -> Attempt<Vec<Package>> {
    let shape = [
        "--workspace",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ];
    let tree = process::output(process::cargo().args(["tree", "--quiet"]).args(shape))?;
    let mut packages: Vec<Package> = tree.lines().filter_map(package).collect();
    packages.sort();
    packages.dedup();
    Ok(packages)
}

/// Reads a line such as `serde v1.0.229|MIT OR Apache-2.0 (*)`.
fn package(line: &str) -> Option<Package> {
    let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
    let name = package.split(' ').next()?;
    Some(Package {
        name: name.into(),
        licence: licence.into(),
    })
}

/// The part of a TOML file under one heading.
fn section<'a>(file: &'a str, heading: &str) -> &'a str {
    let after = file
        .split_once(&format!("{heading}\n"))
        .map_or("", |(_, after)| after);
    after.split("\n[").next().unwrap_or_default()
}

/// The quoted words in the list behind `key = [`.
fn quoted<'a>(section: &'a str, key: &str) -> Vec<&'a str> {
    let after = section
        .split_once(&format!("{key} = ["))
        .map_or("", |(_, after)| after);
    let list = after.split("\n]").next().unwrap_or_default();
    let entries = list
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    entries
        .filter_map(|entry| entry.split('"').nth(1))
        .collect()
}

fn read(name: &str) -> Attempt<String> {
    fs::read_to_string(project::root().join(name))
        .map_err(|error| format!("{name} cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "[licenses]\nallow = [\n  \"MIT\", # short\n  # \"GPL-3.0\" is not here\n  \"ISC\",\n]\n\n\
                          [bans]\nmultiple-versions = \"allow\"\ndeny = [\n  { crate = \"native-tls\", reason = \"one TLS\" },\n]\n";

    #[test]
    fn lists_are_read_from_their_own_section_without_comments() {
        assert_eq!(
            quoted(section(POLICY, "[licenses]"), "allow"),
            ["MIT", "ISC"]
        );
        assert_eq!(quoted(section(POLICY, "[bans]"), "deny"), ["native-tls"]);
    }

    #[test]
    fn the_policy_of_this_checkout_is_not_empty() {
        let policy = read("deny.toml").expect("it is there");
        assert!(quoted(section(&policy, "[licenses]"), "allow").contains(&"Apache-2.0"));
        assert!(quoted(section(&policy, "[bans]"), "deny").contains(&"openssl-sys"));
    }

    #[test]
    fn a_banned_package_and_one_under_another_licence_are_named() {
        let package = |line| package(line).expect("a package");
        let complaint = |line| package(line).complaint(&["MIT"], &["native-tls"]);
        assert_eq!(
            package("serde v1.0.229|MIT (*)"),
            Package {
                name: "serde".into(),
                licence: "MIT".into()
            }
        );
        assert_eq!(complaint("serde v1.0.229|MIT OR Apache-2.0 (*)"), None);
        assert!(complaint("native-tls v0.2.14|MIT").is_some_and(|words| words.contains("banned")));
        assert!(complaint("left-pad v1.0.0|WTFPL").is_some_and(|words| words.contains("WTFPL")));
    }
}
