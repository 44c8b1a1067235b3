//! Hashtags that are used together, kept under a name.

use std::collections::BTreeSet;

use fanfare_domain::{ErrorCode, HashtagGroupId};
use fanfare_platform_kit::rules::text::{EntityKind, entities};
use fanfare_store::audit;
use fanfare_store::hashtag_groups::{self, HashtagGroup};
use fanfare_store::{StoreError, WorkspaceTx};
use serde_json::json;

use super::names::{checked_name, key_of, name_taken};
use crate::audit::event;
use crate::error::FieldError;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

const MOST_HASHTAGS: usize = 60;
const LONGEST_HASHTAG: usize = 100;

/// A change: what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct HashtagGroupChange {
    pub name: Option<String>,
    pub hashtags: Option<Vec<String>>,
}

pub async fn list_hashtag_groups(
    app: &App,
    caller: &Caller,
    before: Option<HashtagGroupId>,
    limit: u32,
) -> Result<Vec<HashtagGroup>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(hashtag_groups::list(&mut tx, before, limit).await?)
}

/// One group.
///
/// # Errors
/// `not_found`.
pub async fn read_hashtag_group(
    app: &App,
    caller: &Caller,
    id: HashtagGroupId,
) -> Result<HashtagGroup> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    find(&mut tx, id).await
}

/// Keeps a group. The hashtags may be given with or without `#`; what is said twice is kept once.
///
/// # Errors
/// Bad input names each hashtag that is none; `duplicate` for a name that another has.
pub async fn create_hashtag_group(
    app: &App,
    caller: &Caller,
    name: &str,
    hashtags: &[String],
) -> Result<HashtagGroup> {
    let now = app.now();
    let group = HashtagGroup {
        id: HashtagGroupId::new(now),
        name: checked_name(name)?,
        hashtags: json!(normalised(hashtags)?),
        created_by: Some(caller.user),
        created_by_name: caller.name.clone(),
        created_at: now,
        updated_at: now,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    refuse_taken(&mut tx, &group).await?;
    hashtag_groups::insert(&mut tx, &group, &key_of(&group.name))
        .await
        .map_err(taken(&group.name))?;
    record(&mut tx, caller, "hashtag_group.created", &group).await?;
    note_made(&mut tx, caller, "hashtag_group", &group.id.to_string()).await?;
    tx.commit().await?;
    Ok(group)
}

/// Renames a group or changes what is in it.
pub async fn change_hashtag_group(
    app: &App,
    caller: &Caller,
    id: HashtagGroupId,
    change: &HashtagGroupChange,
) -> Result<HashtagGroup> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut group = find(&mut tx, id).await?;
    if let Some(name) = &change.name {
        group.name = checked_name(name)?;
    }
    if let Some(hashtags) = &change.hashtags {
        group.hashtags = json!(normalised(hashtags)?);
    }
    group.updated_at = app.now();
    refuse_taken(&mut tx, &group).await?;
    hashtag_groups::update(&mut tx, &group, &key_of(&group.name))
        .await
        .map_err(taken(&group.name))?;
    record(&mut tx, caller, "hashtag_group.changed", &group).await?;
    tx.commit().await?;
    Ok(group)
}

pub async fn delete_hashtag_group(app: &App, caller: &Caller, id: HashtagGroupId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut group = find(&mut tx, id).await?;
    hashtag_groups::delete(&mut tx, id).await?;
    group.updated_at = app.now();
    record(&mut tx, caller, "hashtag_group.deleted", &group).await?;
    Ok(tx.commit().await?)
}

async fn find(tx: &mut WorkspaceTx, id: HashtagGroupId) -> Result<HashtagGroup> {
    hashtag_groups::get(tx, id)
        .await
        .map_err(AppError::or_missing("hashtag group"))
}

async fn refuse_taken(tx: &mut WorkspaceTx, group: &HashtagGroup) -> Result<()> {
    match hashtag_groups::named(tx, &key_of(&group.name)).await? {
        Some(other) if other != group.id => Err(name_taken("hashtag group", &group.name)),
        _ => Ok(()),
    }
}

/// Two at once may both find the name free; the database lets one of them have it.
fn taken(name: &str) -> impl Fn(StoreError) -> AppError {
    move |error| match error {
        StoreError::Conflict(_) => name_taken("hashtag group", name),
        other => other.into(),
    }
}

async fn record(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    action: &str,
    group: &HashtagGroup,
) -> Result<()> {
    let event = event(
        group.updated_at,
        caller.actor(),
        action,
        ("hashtag_group", group.id),
        json!({ "name": group.name }),
    );
    Ok(audit::record(tx, &event).await?)
}

/// Each once, with its `#`, in the order given.
fn normalised(hashtags: &[String]) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for (position, written) in hashtags.iter().enumerate() {
        let hashtag = format!("#{}", written.trim().trim_start_matches(['#', '＃']));
        if let Some(why) = refusal(&hashtag) {
            wrong.push(FieldError::new(
                format!("hashtags.{position}"),
                why.0,
                why.1,
            ));
        } else if seen.insert(hashtag.to_lowercase()) {
            kept.push(hashtag);
        }
    }
    if kept.is_empty() && wrong.is_empty() {
        let detail = "A group has at least one hashtag.";
        wrong.push(FieldError::new("hashtags", ErrorCode::Required, detail));
    }
    if kept.len() > MOST_HASHTAGS {
        let detail = format!("A group has up to {MOST_HASHTAGS} hashtags.");
        wrong.push(FieldError::new("hashtags", ErrorCode::TooLong, detail));
    }
    if wrong.is_empty() {
        Ok(kept)
    } else {
        Err(AppError::invalid(wrong))
    }
}

fn refusal(hashtag: &str) -> Option<(ErrorCode, String)> {
    if hashtag.chars().count() > LONGEST_HASHTAG {
        let detail = format!("A hashtag may have up to {LONGEST_HASHTAG} characters.");
        return Some((ErrorCode::TooLong, detail));
    }
    let found = entities(hashtag);
    let is_one = matches!(found.as_slice(),
        [only] if only.kind == EntityKind::Hashtag && only.text == hashtag);
    (!is_one).then(|| {
        let detail = format!(
            "“{hashtag}” is no hashtag: it is one word of letters, digits and “_”, and not of digits alone."
        );
        (ErrorCode::NotAllowed, detail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(hashtags: &[&str]) -> std::result::Result<Vec<String>, Vec<String>> {
        let given: Vec<String> = hashtags.iter().map(|tag| (*tag).to_owned()).collect();
        normalised(&given).map_err(|error| match error {
            AppError::Refused(refusal) => refusal
                .fields
                .iter()
                .map(|field| format!("{}: {}", field.field, field.code))
                .collect(),
            AppError::Broken(error) => panic!("{error}"),
        })
    }

    #[test]
    fn hashtags_are_kept_once_and_with_their_sign() {
        assert_eq!(
            of(&["bread", " #Bakery ", "##bread", "＃日本語", "BREAD"]).unwrap(),
            ["#bread", "#Bakery", "#日本語"]
        );
    }

    #[test]
    fn what_is_no_hashtag_is_named() {
        assert_eq!(
            of(&["ok", "two words", "2026", "", "a-b"]).unwrap_err(),
            [
                "hashtags.1: not_allowed",
                "hashtags.2: not_allowed",
                "hashtags.3: not_allowed",
                "hashtags.4: not_allowed"
            ]
        );
        assert_eq!(of(&[]).unwrap_err(), ["hashtags: required"]);
        assert_eq!(
            of(&[&"x".repeat(100)]).unwrap_err(),
            ["hashtags.0: too_long"]
        );
        let many: Vec<String> = (0..61).map(|n| format!("tag{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(of(&many).unwrap_err(), ["hashtags: too_long"]);
    }
}
