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
