//! Where things lie: in the checkout, and outside it for what is worth keeping between checkouts.

use std::env;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::process::Attempt;

/// The checkout's folder.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the checkout's folder")
}

/// The folder that cargo builds into.
#[must_use]
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// A folder for downloads that any checkout can use again.
pub fn cache() -> Attempt<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|path| !path.is_empty()) {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(env::var_os("HOME").ok_or("neither XDG_CACHE_HOME nor HOME is set")?)
            .join(".cache"),
    };
    Ok(base.join("fanfare"))
}

/// A short name for some content: equal content, equal name.
#[must_use]
pub fn fingerprint(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }

    #[test]
    fn other_content_has_another_fingerprint() {
        assert_eq!(fingerprint(b"lock 1"), fingerprint(b"lock 1"));
        assert_ne!(fingerprint(b"lock 1"), fingerprint(b"lock 2"));
    }
}
