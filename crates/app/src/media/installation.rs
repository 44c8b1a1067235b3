//! The name by which an installation knows what is its own.

use anyhow::Context as _;
use fanfare_store::{Store, installation_facts};

const FACT: &str = "media_installation";
const BUCKET: &str = "media_bucket";

/// A random name of the installation, made once and the same ever after. It is no secret: it is written beside the files that the
/// installation keeps where others might keep theirs too.
///
/// # Errors
/// When the database fails.
///
/// # Panics
/// If the operating system gives no randomness.
pub async fn installation_name(store: &Store) -> anyhow::Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).expect("the operating system gives randomness");
    let new = hex::encode(random);
    let mut tx = store
        .as_system("the installation's own name")
        .write()
        .await?;
    installation_facts::put_if_absent(&mut tx, FACT, new.as_bytes()).await?;
    let kept = installation_facts::get(&mut tx, FACT).await?;
    tx.commit().await?;
    let kept = kept.context("the installation's name was not kept")?;
    Ok(String::from_utf8(kept)?)
}

/// Remembers where files were kept that are not on this machine; nothing when all of them are here.
///
/// # Errors
/// When the database fails.
pub async fn note_bucket(store: &Store, place: Option<&str>) -> anyhow::Result<()> {
    let mut tx = store
        .as_system("where the installation's files are")
        .write()
        .await?;
    match place {
        Some(place) => installation_facts::put(&mut tx, BUCKET, place.as_bytes()).await?,
        None => installation_facts::remove(&mut tx, BUCKET).await?,
    }
    Ok(tx.commit().await?)
}

/// What [`note_bucket`] was told last.
///
/// # Errors
/// When the database fails.
pub async fn noted_bucket(store: &Store) -> anyhow::Result<Option<String>> {
    let mut tx = store
        .as_system("where the installation's files are")
        .read()
        .await?;
    let noted = installation_facts::get(&mut tx, BUCKET).await?;
    Ok(noted.map(String::from_utf8).transpose()?)
}
