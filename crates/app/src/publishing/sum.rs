//! Keeps a post's state the sum of its deliveries' states.

use fanfare_domain::PostId;
use fanfare_domain::post::PostState;
use fanfare_store::{WorkspaceTx, deliveries, posts};
use jiff::Timestamp;

use crate::Result;
use crate::news::{News, tell};

/// Sums up after a delivery changed. The caller has locked the post ([`posts::lock`]) before it looked at any delivery.
pub(crate) async fn sum_up(tx: &mut WorkspaceTx, post: PostId, now: Timestamp) -> Result<()> {
    let states: Vec<_> = deliveries::of_posts(tx, &[post])
        .await?
        .iter()
        .map(|delivery| delivery.state)
        .collect();
    let state = PostState::sum(&states);
    if posts::set_state(tx, post, state, now).await? != state {
        tell(tx, News::Post(post, state), now).await?;
    }
    Ok(())
}
