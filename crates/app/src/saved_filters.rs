//! Filters of lists that a person keeps under a name, each for themselves.

use fanfare_domain::{ErrorCode, SavedFilterId};
use fanfare_store::saved_filters;
use serde_json::{Map, Value as Json};

use crate::idempotency::note_made;
use crate::workspaces::valid_name;
use crate::{App, AppError, Caller, Result};

pub use fanfare_store::saved_filters::SavedFilter;

/// A person keeps at most this many, over all pages.
const MOST: usize = 200;
/// As JSON, in bytes.
const LONGEST_QUERY: usize = 4096;

/// The caller's filters, of all pages or of one.
pub async fn list_saved_filters(
    app: &App,
    caller: &Caller,
    page: Option<&str>,
) -> Result<Vec<SavedFilter>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let mut filters = saved_filters::of_user(&mut tx, caller.user).await?;
    filters.retain(|filter| page.is_none_or(|page| filter.page == page));
    Ok(filters)
}

pub async fn read_saved_filter(
    app: &App,
    caller: &Caller,
    id: SavedFilterId,
) -> Result<SavedFilter> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    saved_filters::get(&mut tx, caller.user, id)
        .await
        .map_err(AppError::or_missing("saved filter"))
}

/// Keeps a filter.
///
/// # Errors
/// `invalid_input` for a name that is none or is in use on that page, for a query that is too long, and for one filter too many.
pub async fn keep_filter(
    app: &App,
    caller: &Caller,
    page: &str,
    name: &str,
    query: Map<String, Json>,
) -> Result<SavedFilter> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let present = saved_filters::of_user(&mut tx, caller.user).await?;
    if present.len() >= MOST {
        let detail = format!("You keep {MOST} filters already. Delete one that you no longer use.");
        return Err(AppError::invalid_field(
            "name",
            ErrorCode::OutOfRange,
            detail,
        ));
    }
    let filter = SavedFilter {
        id: SavedFilterId::new(now),
        user: caller.user,
        page: page.to_owned(),
        name: free_name(name, page, None, &present)?,
        query: short_query(query)?,
        created_at: now,
        updated_at: now,
    };
    saved_filters::insert(&mut tx, &filter).await?;
    note_made(&mut tx, caller, "saved_filter", &filter.id.to_string()).await?;
    tx.commit().await?;
    Ok(filter)
}

/// Gives a filter another name or another query; what is absent stays.
///
/// # Errors
/// As in [`keep_filter`].
pub async fn change_filter(
    app: &App,
    caller: &Caller,
    id: SavedFilterId,
    name: Option<&str>,
    query: Option<Map<String, Json>>,
) -> Result<SavedFilter> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut filter = saved_filters::get(&mut tx, caller.user, id)
        .await
        .map_err(AppError::or_missing("saved filter"))?;
    if let Some(name) = name {
        let present = saved_filters::of_user(&mut tx, caller.user).await?;
        filter.name = free_name(name, &filter.page, Some(id), &present)?;
    }
    if let Some(query) = query {
        filter.query = short_query(query)?;
    }
    filter.updated_at = app.now();
    saved_filters::update(&mut tx, &filter).await?;
    tx.commit().await?;
    Ok(filter)
}

pub async fn delete_filter(app: &App, caller: &Caller, id: SavedFilterId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if !saved_filters::delete(&mut tx, caller.user, id).await? {
        return Err(AppError::not_found("saved filter"));
    }
    Ok(tx.commit().await?)
}

/// Two filters of one page with one name could not be told apart.
fn free_name(
    name: &str,
    page: &str,
    own: Option<SavedFilterId>,
    present: &[SavedFilter],
) -> Result<String> {
    let name = valid_name("name", name).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let folded = name.to_lowercase();
    let taken = present.iter().any(|filter| {
        filter.page == page && Some(filter.id) != own && filter.name.to_lowercase() == folded
    });
    if taken {
        let detail = format!("You keep a filter called “{name}” already. Choose another name.");
        return Err(AppError::invalid_field(
            "name",
            ErrorCode::NotAllowed,
            detail,
        ));
    }
    Ok(name)
}

fn short_query(query: Map<String, Json>) -> Result<Json> {
    let query = Json::Object(query);
    let length = query.to_string().len();
    if length > LONGEST_QUERY {
        let detail = format!("The filter takes {length} bytes; at most {LONGEST_QUERY} are kept.");
        return Err(AppError::invalid_field("query", ErrorCode::TooLong, detail));
    }
    Ok(query)
}
