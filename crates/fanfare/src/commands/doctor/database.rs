//! The database: does it answer, is it up to date, do its walls hold, and does our key ring open what it keeps.

use fanfare_app::media::MediaLinks;
use fanfare_app::{KeyRing, Vault, keys};
use fanfare_domain::{Clock as _, SystemClock};
use fanfare_store::Store;

use super::Finding::{self, Good, Remarkable, Wrong};
use crate::config::Config;
use crate::data_dir::DataDir;

pub(super) async fn examine(config: &Config, data: &DataDir) -> Vec<Finding> {
    let url = config.database_url.expose();
    if let Some(file) = url.strip_prefix("sqlite:")
        && !std::path::Path::new(file).exists()
    {
        return vec![Remarkable(
            "There is no database yet; `fanfare serve` makes it.".to_owned(),
        )];
    }
    let store = match Store::open(url).await {
        Ok(store) => store,
        Err(error) => {
            return vec![Wrong(format!(
                "The database cannot be opened: {error}. Check FANFARE_DATABASE_URL, and that the server runs and lets us in."
            ))];
        }
    };
    let mut findings = vec![
        Good("The database answers.".to_owned()),
        walls(&store).await,
    ];
    let is_current = match migrations(&store).await {
        Ok(()) => {
            findings.push(Good("Its tables are up to date.".to_owned()));
            true
        }
        Err(finding) => {
            findings.push(finding);
            false
        }
    };
    if is_current {
        findings.push(keys(config, data, &store).await);
    }
    store.close().await;
    findings
}

async fn walls(store: &Store) -> Finding {
    match store.walls_hold().await {
        Ok(true) => Good("Row-level security, where there is one, binds our role.".to_owned()),
        Ok(false) => Wrong(
            "The PostgreSQL role is a superuser or has BYPASSRLS. Make one of its own: \
             CREATE ROLE fanfare LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'."
                .to_owned(),
        ),
        Err(error) => Wrong(format!("Which role we are could not be asked: {error}.")),
    }
}

async fn migrations(store: &Store) -> Result<(), Finding> {
    let status = store
        .migration_status()
        .await
        .map_err(|error| Wrong(format!("Which tables exist could not be asked: {error}.")))?;
    let missing = status.iter().filter(|migration| !migration.applied).count();
    if missing == 0 {
        return Ok(());
    }
    Err(Remarkable(format!(
        "{missing} migrations are not applied; `fanfare serve` and `fanfare migrate up` do it."
    )))
}

/// A sealed value in the database opens only with the keys that it was sealed with.
async fn keys(config: &Config, data: &DataDir, store: &Store) -> Finding {
    let ring = match ring(config, data) {
        Ok(Some(ring)) => ring,
        Ok(None) => return Wrong(
            "The database is there, but the file secret-keys in the data folder is not. Put it back, or set FANFARE_SECRET_KEYS: \
             without it, connected accounts must be connected again."
                .to_owned(),
        ),
        Err(error) => return Wrong(format!("{error:#}.")),
    };
    let opened = async {
        let uses = keys::uses(store, SystemClock.now()).await?;
        uses.check(&ring)?;
        uses.try_out(&ring)?;
        MediaLinks::load(store, &Vault::new(ring)).await
    };
    match opened.await {
        Ok(_) => Good("The key ring opens what the database keeps.".to_owned()),
        Err(error) => Wrong(format!(
            "The key ring does not open what the database keeps: {error:#}. Put back the keys that belong to it."
        )),
    }
}

fn ring(config: &Config, data: &DataDir) -> anyhow::Result<Option<KeyRing>> {
    match &config.secret_keys {
        Some(ring) => Ok(Some(KeyRing::parse(ring)?)),
        None => data.key_file().read(),
    }
}
