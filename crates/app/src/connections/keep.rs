//! Keeps a grant: the connection, its sealed tokens, its channels and the audit event, in one transaction.

use std::collections::BTreeMap;

use fanfare_domain::{ChannelId, ConnectionId, ErrorCode};
use fanfare_platform_kit::roles::{Grant, RemoteChannel};
use fanfare_platform_kit::{Manifest, Platform};
use fanfare_store::audit;
use fanfare_store::channels::{self, ListedChannel};
use fanfare_store::connections::{self, NewConnection};
use fanfare_store::{StoreError, WorkspaceTx};
use jiff::Timestamp;
use serde_json::json;

use crate::audit::event;
use crate::hearing::enqueue_claim;
use crate::idempotency::note_made;
use crate::news::{ConnectionNews, News, tell};
use crate::web_address::linkable;
use crate::{App, AppError, Caller, RefusalKind, Result, Vault};

/// What a person just consented to or pasted. The same account again is updated, not added.
pub(super) async fn grant(
    app: &App,
    caller: &Caller,
    platform: &dyn Platform,
    grant: &Grant,
    connect_fields: &BTreeMap<String, String>,
) -> Result<ConnectionId> {
    let manifest = platform.manifest();
    if grant.channels.is_empty() && platform.files().is_none() {
        return Err(nothing_to_connect(manifest));
    }
    let now = app.now();
    let new = NewConnection {
        id: ConnectionId::new(now),
        platform: manifest.id,
        remote_id: &grant.remote_id,
        name: &grant.name,
        avatar_url: grant.avatar_url.as_deref(),
        person_id: grant.person_id.as_deref(),
        scopes: &grant.scopes,
        expires_at: grant.expires_at,
        refreshable: grant.refreshable,
        connect_fields,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let id = connections::upsert(&mut tx, &new, now).await?;
    let sealed = app
        .vault
        .seal_text(&connection_owner(id), grant.credentials.json());
    connections::set_credentials(&mut tx, id, sealed).await?;
    let listing = Listing {
        vault: &app.vault,
        manifest,
        connection: id,
        consented: true,
    };
    listing.keep(&mut tx, &grant.channels, now).await?;

    let action = if id == new.id {
        "connection.connected"
    } else {
        "connection.reconnected"
    };
    let event = event(
        now,
        caller.actor(),
        action,
        ("connection", id),
        json!({"platform": manifest.id, "name": grant.name, "channels": grant.channels.len()}),
    );
    audit::record(&mut tx, &event).await?;
    tell(
        &mut tx,
        News::Connection(id, ConnectionNews::Connected),
        now,
    )
    .await?;
    note_made(&mut tx, caller, "connection", &id.to_string()).await?;
    tx.commit().await?;
    Ok(id)
}

/// A platform's list of channels, on its way into the database.
pub(super) struct Listing<'a> {
    pub vault: &'a Vault,
    pub manifest: &'a Manifest,
    pub connection: ConnectionId,
    /// A person consented just now, so channels follow this connection and have exactly the tokens listed. A renewal leaves
    /// out what has not changed.
    pub consented: bool,
}

impl Listing<'_> {
    /// Adds and updates the channels listed. One that is no longer listed stays, with words about it.
    pub(super) async fn keep(
        &self,
        tx: &mut WorkspaceTx,
        listed: &[RemoteChannel],
        now: Timestamp,
    ) -> std::result::Result<(), StoreError> {
        for channel in listed {
            self.keep_one(tx, channel, now).await?;
        }
        for known in channels::of_connection(tx, self.connection).await? {
            if !listed
                .iter()
                .any(|channel| channel.remote_id == known.remote_id)
            {
                let words = format!(
                    "{} no longer lists this for the account. Reconnect and choose it there, or switch it off here.",
                    self.manifest.name
                );
                channels::set_problem(tx, known.id, Some(&words), now).await?;
            }
        }
        // What the platform told of these before anybody had them is theirs now.
        enqueue_claim(tx, self.connection, now).await
    }

    async fn keep_one(
        &self,
        tx: &mut WorkspaceTx,
        channel: &RemoteChannel,
        now: Timestamp,
    ) -> std::result::Result<(), StoreError> {
        let listed = ListedChannel {
            id: ChannelId::new(now),
            connection_id: self.connection,
            platform: self.manifest.id,
            remote_id: &channel.remote_id,
            name: &channel.name,
            kind: &channel.kind,
            avatar_url: channel.avatar_url.as_deref(),
            url: linkable(channel.url.as_deref()),
            limits: &channel.limits,
            problem: channel.problem.as_deref(),
        };
        let Some(id) = channels::upsert(tx, &listed, self.consented, now).await? else {
            return Ok(());
        };
        let own = channel.credentials.as_ref();
        let sealed = own.map(|own| self.vault.seal_text(&channel_owner(id), own.json()));
        if sealed.is_some() || self.consented {
            channels::set_credentials(tx, id, sealed).await?;
        }
        Ok(())
    }
}

/// The row for which a connection's tokens are sealed.
pub(super) fn connection_owner(id: ConnectionId) -> String {
    format!("connection/{id}")
}

/// The row for which a channel's own tokens are sealed.
pub(super) fn channel_owner(id: ChannelId) -> String {
    format!("channel/{id}")
}

fn nothing_to_connect(manifest: &Manifest) -> AppError {
    let detail = format!(
        "{} says that this account has nothing to publish to, so nothing is connected. Use another account, or grant access to more there.",
        manifest.name
    );
    AppError::refused(RefusalKind::Platform, ErrorCode::NothingToConnect, detail)
}
