//! Links under which platforms fetch files. They need no signing in, show one file, and end by themselves.

use fanfare_domain::{MediaId, Secret};
use fanfare_platform_kit::settings::join;
use fanfare_platform_kit::signature::{hmac_sha256_hex, hmac_sha256_matches};
use fanfare_store::media::Media;
use fanfare_store::{Store, installation_facts};
use jiff::Timestamp;
use url::Url;

use super::file_name;
use super::file_type::FileType;
use crate::{App, Vault};

/// The key by which links are signed: random, made once for each installation, kept sealed.
#[derive(Debug, Clone)]
pub struct MediaLinks {
    key: Secret,
}

const FACT: &str = "media_link_key";
const DAY: i64 = 24 * 60 * 60;

impl MediaLinks {
    /// Reads the installation's key, or makes it.
    ///
    /// # Errors
    /// When the key ring does not open it.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    pub async fn load(store: &Store, vault: &Vault) -> anyhow::Result<Self> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).expect("the operating system gives randomness");
        let new = vault.seal_text(FACT, &Secret::new(hex::encode(random)));
        let mut tx = store
            .as_system("the key of the installation's links")
            .write()
            .await?;
        installation_facts::put_if_absent(&mut tx, FACT, &new).await?;
        let sealed = installation_facts::get(&mut tx, FACT).await?;
        tx.commit().await?;
        let sealed = sealed.ok_or_else(|| anyhow::anyhow!("the key of links was not kept"))?;
        Ok(Self {
            key: vault.open_text(FACT, &sealed)?,
        })
    }

    fn sign(&self, id: MediaId, expires: i64) -> String {
        hmac_sha256_hex(
            self.key.expose().as_bytes(),
            message(id, expires).as_bytes(),
        )
    }

    /// Whether the link was made here and has not ended.
    #[must_use]
    pub(super) fn holds(&self, id: MediaId, expires: i64, signature: &str, now: Timestamp) -> bool {
        let key = self.key.expose().as_bytes();
        let is_ours = hmac_sha256_matches(key, message(id, expires).as_bytes(), signature);
        is_ours && now.as_second() < expires
    }
}

/// The file's link. It holds for at least a day and is the same all day, so that a platform that is asked twice sees one address.
#[must_use]
pub fn public_url(app: &App, media: &Media, now: Timestamp) -> Url {
    let expires = (now.as_second().div_euclid(DAY) + 2) * DAY;
    let signature = app.media_links.sign(media.id, expires);
    let path = format!(
        "media/public/{}/{expires}/{signature}/{}",
        media.id,
        plain_name(media)
    );
    join(&app.config.public_url, &path)
}

/// The file's name, fit for an address.
pub(super) fn plain_name(media: &Media) -> String {
    // A type that is no longer known is still sent as what it was.
    let file_type = FileType::of_mime(&media.mime).unwrap_or(FileType::Jpeg);
    file_name::plain(&media.file_name, file_type)
}

fn message(id: MediaId, expires: i64) -> String {
    format!("media/public/{id}/{expires}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_link_holds_for_its_file_and_its_time_only() {
        let links = MediaLinks {
            key: Secret::new("one"),
        };
        let others = MediaLinks {
            key: Secret::new("another"),
        };
        let (id, other_id) = (MediaId::new(at(1)), MediaId::new(at(1)));
        let signature = links.sign(id, 100);

        assert!(links.holds(id, 100, &signature, at(99)));
        assert!(!links.holds(id, 100, &signature, at(100)), "ended");
        assert!(
            !links.holds(id, 101, &signature, at(99)),
            "made to last longer"
        );
        assert!(
            !links.holds(other_id, 100, &signature, at(99)),
            "for another file"
        );
        assert!(
            !others.holds(id, 100, &signature, at(99)),
            "of another installation"
        );
        assert!(!links.holds(id, 100, &signature[1..], at(99)), "cut");
        assert!(!links.holds(id, 100, "", at(99)), "absent");
    }
}
