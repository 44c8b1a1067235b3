//! The job by which an account's events are worked off: one for each lane, so that nobody else works at it meanwhile.

use fanfare_domain::{JobId, WorkspaceId};
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::{StoreError, Tx};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The kind of the job.
pub(super) const WORK_OFF: &str = "hear";

#[derive(Serialize, Deserialize)]
pub(super) struct Ids {
    pub lane: String,
}

/// Has a lane worked off. Whoever puts something into a lane says so in the same transaction, after the event is written or before it is
/// changed: the job's row is what both sides lock.
pub(super) async fn enqueue(tx: &mut Tx, lane: &str, now: Timestamp) -> Result<(), StoreError> {
    let ids = Ids {
        lane: lane.to_owned(),
    };
    let job = NewJob {
        id: JobId::new(now),
        workspace: workspace_of(lane),
        kind: WORK_OFF,
        payload: json!(ids).to_string(),
        key: Some(format!("{WORK_OFF}:{lane}")),
        due_at: now,
    };
    jobs::enqueue(tx, job, now).await
}

/// Whose lane it is; nobody's while no workspace has connected the account.
pub(super) fn workspace_of(lane: &str) -> Option<WorkspaceId> {
    lane.split(':').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_says_whose_it_is() {
        let workspace = WorkspaceId::new(Timestamp::UNIX_EPOCH);
        let lane = fanfare_store::webhook_events::lane("facebook", "1:2", Some(workspace));
        assert_eq!(workspace_of(&lane), Some(workspace));
        let nobodys = fanfare_store::webhook_events::lane("facebook", "1:2", None);
        assert_eq!(workspace_of(&nobodys), None);
    }
}
