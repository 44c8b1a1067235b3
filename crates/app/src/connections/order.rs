//! The order in which channels stand, everywhere they are listed.

use fanfare_domain::{ChannelId, ErrorCode};
use fanfare_store::{audit, channels, workspaces};
use serde_json::json;

use crate::audit::event;
use crate::error::FieldError;
use crate::{App, AppError, Caller, Result};

/// More channels than any workspace has.
const LIMIT: u32 = 5_000;

/// Puts the named channels in that order, on the places that they have among all; the others stay where they are.
///
/// # Errors
/// `unknown_channel` and `duplicate`, for each that is wrong.
pub async fn order_channels(app: &App, caller: &Caller, wanted: &[ChannelId]) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    // Two who order at once do it one after the other.
    workspaces::lock(&mut tx).await?;
    let present = channels::in_order(&mut tx, LIMIT).await?;
    let ids: Vec<ChannelId> = present.iter().map(|(id, _)| *id).collect();
    refuse_wrong(&ids, wanted)?;
    let ordered = reordered(&ids, wanted);
    if ordered == ids {
        return Ok(());
    }
    for (position, id) in (0_i64..).zip(&ordered) {
        let stands = present.iter().find(|(known, _)| known == id);
        if stands.is_none_or(|(_, stands)| *stands != position) {
            channels::place(&mut tx, *id, position, now).await?;
        }
    }
    let event = event(
        now,
        caller.actor(),
        "channels.reordered",
        ("workspace", caller.workspace),
        json!({"channels": wanted.len()}),
    );
    audit::record(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}

pub(super) fn refuse_wrong(known: &[ChannelId], wanted: &[ChannelId]) -> Result<()> {
    let mut wrong = Vec::new();
    for (position, id) in wanted.iter().enumerate() {
        let field = format!("channel_ids.{position}");
        if wanted[..position].contains(id) {
            wrong.push(FieldError::new(
                field,
                ErrorCode::Duplicate,
                "This channel is named twice.",
            ));
        } else if !known.contains(id) {
            wrong.push(FieldError::new(
                field,
                ErrorCode::UnknownChannel,
                "There is no such channel in this workspace; it may have been disconnected.",
            ));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(AppError::invalid(wrong))
    }
}

/// `all`, with those of `wanted` in that order on the places that they had.
fn reordered(all: &[ChannelId], wanted: &[ChannelId]) -> Vec<ChannelId> {
    let mut next = wanted.iter();
    all.iter()
        .map(|id| {
            if wanted.contains(id) {
                *next.next().expect("as many places as are wanted")
            } else {
                *id
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_swap_places_and_the_others_stay() {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let [a, b, c, d] = [(); 4].map(|()| ChannelId::new(now));
        let all = [a, b, c, d];
        assert_eq!(reordered(&all, &[d, b]), [a, d, c, b]);
        assert_eq!(reordered(&all, &[d, c, b, a]), [d, c, b, a]);
        assert_eq!(reordered(&all, &[]), all);
    }
}
