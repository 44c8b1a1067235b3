//! Where sealed values lie, and how they are found by the key that sealed them: the first of their bytes.

use crate::{Result, Row, SystemTx, binds, sql};

/// A column of sealed values.
#[derive(Debug)]
pub struct Sealed {
    pub table: &'static str,
    pub column: &'static str,
    /// One value, and several, in words.
    pub name: (&'static str, &'static str),
    count: &'static str,
    others: &'static str,
    some: &'static str,
    replace: &'static str,
    forget: &'static str,
}

/// One sealed value.
#[derive(Debug, Clone)]
pub struct SealedValue {
    /// The row, among those of its table.
    pub row: String,
    /// For whom it is sealed: what the vault calls the row.
    pub owner: String,
    pub bytes: Vec<u8>,
}

/// Everything that is sealed.
pub const SEALED: &[Sealed] = &[
    Sealed {
        table: "connections",
        column: "credentials",
        name: ("connected account", "connected accounts"),
        count: sql!(
            "SELECT substr(credentials, 1, 1) AS key, COUNT(*) AS found FROM connections
             WHERE credentials IS NOT NULL GROUP BY substr(credentials, 1, 1)"
        ),
        others: sql!(
            "SELECT id AS name, 'connection/' || id AS owner, credentials AS sealed FROM connections
             WHERE credentials IS NOT NULL AND substr(credentials, 1, 1) <> $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        some: sql!(
            "SELECT id AS name, 'connection/' || id AS owner, credentials AS sealed FROM connections
             WHERE credentials IS NOT NULL AND substr(credentials, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!("UPDATE connections SET credentials = $3 WHERE id = $1 AND credentials = $2"),
        forget: sql!(
            "UPDATE connections SET credentials = NULL WHERE credentials IS NOT NULL AND substr(credentials, 1, 1) = $1"
        ),
    },
    Sealed {
        table: "channels",
        column: "credentials",
        name: ("channel", "channels"),
        count: sql!(
            "SELECT substr(credentials, 1, 1) AS key, COUNT(*) AS found FROM channels
             WHERE credentials IS NOT NULL GROUP BY substr(credentials, 1, 1)"
        ),
        others: sql!(
            "SELECT id AS name, 'channel/' || id AS owner, credentials AS sealed FROM channels
             WHERE credentials IS NOT NULL AND substr(credentials, 1, 1) <> $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        some: sql!(
            "SELECT id AS name, 'channel/' || id AS owner, credentials AS sealed FROM channels
             WHERE credentials IS NOT NULL AND substr(credentials, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!("UPDATE channels SET credentials = $3 WHERE id = $1 AND credentials = $2"),
        forget: sql!(
            "UPDATE channels SET credentials = NULL WHERE credentials IS NOT NULL AND substr(credentials, 1, 1) = $1"
        ),
    },
    Sealed {
        table: "oauth_states",
        column: "kept",
        name: ("consent under way", "consents under way"),
        count: sql!(
            "SELECT substr(kept, 1, 1) AS key, COUNT(*) AS found FROM oauth_states GROUP BY substr(kept, 1, 1)"
        ),
        others: sql!(
            "SELECT state_hash AS name, 'oauth_state/' || state_hash AS owner, kept AS sealed FROM oauth_states
             WHERE substr(kept, 1, 1) <> $1 AND state_hash > $2 ORDER BY state_hash LIMIT $3"
        ),
        some: sql!(
            "SELECT state_hash AS name, 'oauth_state/' || state_hash AS owner, kept AS sealed FROM oauth_states
             WHERE substr(kept, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!("UPDATE oauth_states SET kept = $3 WHERE state_hash = $1 AND kept = $2"),
        forget: sql!("DELETE FROM oauth_states WHERE substr(kept, 1, 1) = $1"),
    },
    Sealed {
        table: "app_registrations",
        column: "registration",
        name: ("registration with a server", "registrations with servers"),
        count: sql!(
            "SELECT substr(registration, 1, 1) AS key, COUNT(*) AS found FROM app_registrations
             GROUP BY substr(registration, 1, 1)"
        ),
        others: sql!(
            "SELECT platform || ' ' || server || ' ' || redirect_uri AS name,
                 'app_registration/' || platform || '/' || server AS owner, registration AS sealed
             FROM app_registrations
             WHERE substr(registration, 1, 1) <> $1 AND platform || ' ' || server || ' ' || redirect_uri > $2
             ORDER BY platform || ' ' || server || ' ' || redirect_uri LIMIT $3"
        ),
        some: sql!(
            "SELECT platform || ' ' || server || ' ' || redirect_uri AS name,
                 'app_registration/' || platform || '/' || server AS owner, registration AS sealed
             FROM app_registrations
             WHERE substr(registration, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!(
            "UPDATE app_registrations SET registration = $3
             WHERE platform || ' ' || server || ' ' || redirect_uri = $1 AND registration = $2"
        ),
        forget: sql!("DELETE FROM app_registrations WHERE substr(registration, 1, 1) = $1"),
    },
    Sealed {
        table: "two_factor",
        column: "sealed_secret",
        name: ("secret of two-factor authentication", "secrets of two-factor authentication"),
        count: sql!(
            "SELECT substr(sealed_secret, 1, 1) AS key, COUNT(*) AS found FROM two_factor GROUP BY substr(sealed_secret, 1, 1)"
        ),
        others: sql!(
            "SELECT user_id AS name, 'two-factor/' || user_id AS owner, sealed_secret AS sealed FROM two_factor
             WHERE substr(sealed_secret, 1, 1) <> $1 AND user_id > $2 ORDER BY user_id LIMIT $3"
        ),
        some: sql!(
            "SELECT user_id AS name, 'two-factor/' || user_id AS owner, sealed_secret AS sealed FROM two_factor
             WHERE substr(sealed_secret, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!("UPDATE two_factor SET sealed_secret = $3 WHERE user_id = $1 AND sealed_secret = $2"),
        // The second step stays on: backup codes and recovery lead in.
        forget: sql!("DELETE FROM two_factor WHERE substr(sealed_secret, 1, 1) = $1"),
    },
    Sealed {
        table: "mail_messages",
        column: "sealed_body",
        name: ("message", "messages"),
        count: sql!(
            "SELECT substr(sealed_body, 1, 1) AS key, COUNT(*) AS found FROM mail_messages
             WHERE sealed_body IS NOT NULL GROUP BY substr(sealed_body, 1, 1)"
        ),
        others: sql!(
            "SELECT id AS name, 'mail/' || id AS owner, sealed_body AS sealed FROM mail_messages
             WHERE sealed_body IS NOT NULL AND substr(sealed_body, 1, 1) <> $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        some: sql!(
            "SELECT id AS name, 'mail/' || id AS owner, sealed_body AS sealed FROM mail_messages
             WHERE sealed_body IS NOT NULL AND substr(sealed_body, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!("UPDATE mail_messages SET sealed_body = $3 WHERE id = $1 AND sealed_body = $2"),
        forget: sql!(
            "UPDATE mail_messages SET sealed_body = NULL, status = CASE WHEN status = 'queued' THEN 'failed' ELSE status END
             WHERE sealed_body IS NOT NULL AND substr(sealed_body, 1, 1) = $1"
        ),
    },
    Sealed {
        table: "installation_facts",
        column: "value",
        name: ("key that signs media links", "keys that sign media links"),
        count: sql!(
            "SELECT substr(value, 1, 1) AS key, COUNT(*) AS found FROM installation_facts
             WHERE name = 'media_link_key' GROUP BY substr(value, 1, 1)"
        ),
        others: sql!(
            "SELECT name, name AS owner, value AS sealed FROM installation_facts
             WHERE name = 'media_link_key' AND substr(value, 1, 1) <> $1 AND name > $2 ORDER BY name LIMIT $3"
        ),
        some: sql!(
            "SELECT name, name AS owner, value AS sealed FROM installation_facts
             WHERE name = 'media_link_key' AND substr(value, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!("UPDATE installation_facts SET value = $3 WHERE name = $1 AND value = $2"),
        forget: sql!(
            "DELETE FROM installation_facts WHERE name = 'media_link_key' AND substr(value, 1, 1) = $1"
        ),
    },
    Sealed {
        table: "webhook_endpoints",
        column: "secret",
        name: ("secret of a webhook", "secrets of webhooks"),
        count: sql!(
            "SELECT substr(secret, 1, 1) AS key, COUNT(*) AS found FROM webhook_endpoints
             WHERE secret IS NOT NULL GROUP BY substr(secret, 1, 1)"
        ),
        others: sql!(
            "SELECT id AS name, 'webhook/' || id AS owner, secret AS sealed FROM webhook_endpoints
             WHERE secret IS NOT NULL AND substr(secret, 1, 1) <> $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        some: sql!(
            "SELECT id AS name, 'webhook/' || id AS owner, secret AS sealed FROM webhook_endpoints
             WHERE secret IS NOT NULL AND substr(secret, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!(
            "UPDATE webhook_endpoints SET secret = $3 WHERE id = $1 AND secret = $2"
        ),
        forget: sql!(
            "UPDATE webhook_endpoints SET secret = NULL WHERE secret IS NOT NULL AND substr(secret, 1, 1) = $1"
        ),
    },
    Sealed {
        table: "webhook_endpoints",
        column: "previous_secret",
        name: ("earlier secret of a webhook", "earlier secrets of webhooks"),
        count: sql!(
            "SELECT substr(previous_secret, 1, 1) AS key, COUNT(*) AS found FROM webhook_endpoints
             WHERE previous_secret IS NOT NULL GROUP BY substr(previous_secret, 1, 1)"
        ),
        others: sql!(
            "SELECT id AS name, 'webhook/' || id AS owner, previous_secret AS sealed FROM webhook_endpoints
             WHERE previous_secret IS NOT NULL AND substr(previous_secret, 1, 1) <> $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        some: sql!(
            "SELECT id AS name, 'webhook/' || id AS owner, previous_secret AS sealed FROM webhook_endpoints
             WHERE previous_secret IS NOT NULL AND substr(previous_secret, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!(
            "UPDATE webhook_endpoints SET previous_secret = $3 WHERE id = $1 AND previous_secret = $2"
        ),
        forget: sql!(
            "UPDATE webhook_endpoints SET previous_secret = NULL, previous_until = NULL WHERE previous_secret IS NOT NULL AND substr(previous_secret, 1, 1) = $1"
        ),
    },
    Sealed {
        table: "webhook_endpoints",
        column: "headers",
        name: ("webhook with headers of its own", "webhooks with headers of their own"),
        count: sql!(
            "SELECT substr(headers, 1, 1) AS key, COUNT(*) AS found FROM webhook_endpoints
             WHERE headers IS NOT NULL GROUP BY substr(headers, 1, 1)"
        ),
        others: sql!(
            "SELECT id AS name, 'webhook/' || id AS owner, headers AS sealed FROM webhook_endpoints
             WHERE headers IS NOT NULL AND substr(headers, 1, 1) <> $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        some: sql!(
            "SELECT id AS name, 'webhook/' || id AS owner, headers AS sealed FROM webhook_endpoints
             WHERE headers IS NOT NULL AND substr(headers, 1, 1) = $1 LIMIT $2"
        ),
        replace: sql!(
            "UPDATE webhook_endpoints SET headers = $3 WHERE id = $1 AND headers = $2"
        ),
        forget: sql!(
            "UPDATE webhook_endpoints SET headers = NULL WHERE headers IS NOT NULL AND substr(headers, 1, 1) = $1"
        ),
    },
];

impl Sealed {
    /// How many values each key has sealed.
    pub async fn count(&self, tx: &mut SystemTx) -> Result<Vec<(u8, i64)>> {
        let rows = tx
            .all(self.count, binds![], |row| {
                Ok((row.bytes("key")?, row.int("found")?))
            })
            .await?;
        // A value without bytes was sealed by no key; it does not open, and nothing can be done about it.
        let keys = rows
            .into_iter()
            .filter_map(|(key, found)| Some((*key.first()?, found)));
        Ok(keys.collect())
    }

    /// Values that another key than `key` has sealed, from after the row `after`.
    pub async fn others(
        &self,
        tx: &mut SystemTx,
        key: u8,
        after: &str,
        limit: u32,
    ) -> Result<Vec<SealedValue>> {
        tx.all(self.others, binds![vec![key], after, limit], read)
            .await
    }

    /// Up to `limit` of the values that `key` has sealed.
    pub async fn some(&self, tx: &mut SystemTx, key: u8, limit: u32) -> Result<Vec<SealedValue>> {
        tx.all(self.some, binds![vec![key], limit], read).await
    }

    /// Puts `new` in the value's place, unless somebody put something else there since it was read.
    pub async fn replace(
        &self,
        tx: &mut SystemTx,
        value: &SealedValue,
        new: Vec<u8>,
    ) -> Result<bool> {
        let binds = binds![&value.row, value.bytes.clone(), new];
        Ok(tx.execute(self.replace, binds).await? == 1)
    }

    /// Throws away what that key sealed.
    pub async fn forget(&self, tx: &mut SystemTx, key: u8) -> Result<()> {
        tx.execute(self.forget, binds![vec![key]]).await?;
        Ok(())
    }
}

fn read(row: &Row) -> Result<SealedValue> {
    Ok(SealedValue {
        row: row.text("name")?,
        owner: row.text("owner")?,
        bytes: row.bytes("sealed")?,
    })
}
