//! Permissions that were asked for and not given.

use fanfare_platform_kit::Manifest;

/// The required scopes that a grant lacks, by the way of connecting that fits it best.
///
/// Platforms that tell no scopes, and ways of connecting without any, lack none.
pub(super) fn missing(manifest: &Manifest, granted: &[String]) -> Vec<String> {
    if granted.is_empty() {
        return Vec::new();
    }
    let lacking = |method: &fanfare_platform_kit::manifest::ConnectMethod| {
        let required = method.scopes.iter().filter(|scope| scope.required);
        required
            .map(|scope| scope.name.to_owned())
            .filter(|name| !granted.contains(name))
            .collect::<Vec<_>>()
    };
    let with_scopes = manifest
        .connect
        .iter()
        .filter(|method| !method.scopes.is_empty());
    with_scopes
        .map(lacking)
        .min_by_key(Vec::len)
        .unwrap_or_default()
}

/// One permission, granted or needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    pub name: String,
    /// Why it is asked for; empty for one that came along unasked.
    pub why: String,
    pub required: bool,
    pub granted: bool,
}

/// What was granted against what is asked for, by the way of connecting that fits it best: first what is missing.
pub(super) fn permissions(manifest: &Manifest, granted: &[String]) -> Vec<Permission> {
    let is_granted = |name: &str| granted.iter().any(|one| one == name);
    let asked = manifest
        .connect
        .iter()
        .map(|method| &method.scopes)
        .max_by_key(|scopes| scopes.iter().filter(|scope| is_granted(scope.name)).count());
    let mut list: Vec<Permission> = asked
        .into_iter()
        .flatten()
        // Platforms that tell no scopes do not say that they are missing.
        .filter(|_| !granted.is_empty())
        .map(|scope| Permission {
            name: scope.name.to_owned(),
            why: scope.why.to_owned(),
            required: scope.required,
            granted: is_granted(scope.name),
        })
        .collect();
    let extra = granted
        .iter()
        .filter(|name| !list.iter().any(|known| known.name == **name));
    let extra: Vec<_> = extra
        .map(|name| Permission {
            name: name.clone(),
            why: String::new(),
            required: false,
            granted: true,
        })
        .collect();
    list.extend(extra);
    list.sort_by_key(|one| (one.granted, !one.required));
    list
}
