//! Reads the calendar of a range of time.

use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, PostId, UserId};
use fanfare_store::calendar::{self, CalendarFilter};
use jiff::SignedDuration;

use super::CalendarEntry;
use crate::{App, AppError, Caller, Result};

/// A year and a month: what a year's overview needs with the weeks it begins and ends in.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 400);
/// What one answer may hold.
const MOST: u32 = 10_000;

/// Every post of the range, by time, in a fixed number of statements.
///
/// # Errors
/// `out_of_range` when the range is empty, too long, or holds more posts than one answer may.
pub async fn read_calendar(
    app: &App,
    caller: &Caller,
    filter: &CalendarFilter,
) -> Result<Vec<CalendarEntry>> {
    refuse_odd_range(filter)?;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let posts = calendar::posts(&mut tx, filter, MOST + 1).await?;
    if posts.len() > MOST as usize {
        return Err(out_of_range(
            "to",
            "There are more than 10,000 posts in this time. Ask for a shorter one, or filter.",
        ));
    }
    let ids: Vec<PostId> = posts.iter().map(|post| post.id).collect();
    let mut deliveries = by_post(calendar::deliveries(&mut tx, &ids).await?, |d| d.post_id);
    let media = by_post(calendar::media(&mut tx, &ids).await?, |item| item.post_id);

    let mut entries: Vec<CalendarEntry> = posts
        .into_iter()
        .filter_map(|post| {
            let id = post.id;
            let files = media.get(&id).map(Vec::as_slice).unwrap_or_default();
            CalendarEntry::of(post, deliveries.remove(&id).unwrap_or_default(), files)
        })
        // What was due in the range may have gone out beyond it, and the other way round.
        .filter(|entry| filter.from <= entry.at && entry.at < filter.to)
        .collect();
    entries.sort_by_key(|entry| (entry.at, entry.id()));
    Ok(entries)
}

/// The people whose posts a calendar may be narrowed to, by name.
pub async fn read_authors(app: &App, caller: &Caller) -> Result<Vec<(UserId, String)>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(calendar::authors(&mut tx).await?)
}

fn refuse_odd_range(filter: &CalendarFilter) -> Result<()> {
    if filter.to <= filter.from {
        return Err(out_of_range("to", "This has to be later than `from`."));
    }
    if filter.to.duration_since(filter.from) > LONGEST {
        return Err(out_of_range("to", "One answer covers at most 400 days."));
    }
    Ok(())
}

fn out_of_range(field: &str, detail: &str) -> AppError {
    AppError::invalid_field(field, ErrorCode::OutOfRange, detail)
}

fn by_post<T>(items: Vec<T>, post: impl Fn(&T) -> PostId) -> BTreeMap<PostId, Vec<T>> {
    let mut found = BTreeMap::<PostId, Vec<T>>::new();
    for item in items {
        found.entry(post(&item)).or_default().push(item);
    }
    found
}
