//! Readings of what was missed, as people see them.

use std::collections::HashMap;

use fanfare_domain::webhook::{CatchUpReason, CatchUpState};
use fanfare_domain::{CatchUpId, ChannelId};
use fanfare_store::WorkspaceTx;
use fanfare_store::catch_ups::{self, CatchUp};
use fanfare_store::channel_subscriptions::Trouble;
use jiff::Timestamp;

use crate::Result;

/// One reading, and what it added.
#[derive(Debug, Clone)]
pub struct CatchUpView {
    pub id: CatchUpId,
    pub reason: CatchUpReason,
    pub state: CatchUpState,
    pub since: Timestamp,
    pub posts: i64,
    pub comments: i64,
    /// Of these, what was not known.
    pub added: i64,
    /// There was too much to read all of it.
    pub is_cut: bool,
    pub trouble: Option<Trouble>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl From<CatchUp> for CatchUpView {
    fn from(one: CatchUp) -> Self {
        Self {
            id: one.id,
            reason: one.reason,
            state: one.state,
            since: one.since,
            posts: one.posts,
            comments: one.comments,
            added: one.added,
            is_cut: one.is_cut,
            trouble: one.trouble,
            created_at: one.created_at,
            finished_at: one.finished_at,
        }
    }
}

/// The latest of each channel.
pub(in crate::hearing) async fn latest_by_channel(
    tx: &mut WorkspaceTx,
) -> Result<HashMap<ChannelId, CatchUpView>> {
    let latest = catch_ups::latest(tx).await?.into_iter();
    Ok(latest.map(|one| (one.channel, one.into())).collect())
}
