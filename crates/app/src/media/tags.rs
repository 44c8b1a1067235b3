//! Words by which people find files again.

use fanfare_domain::ErrorCode;
use fanfare_store::media_tags::{self, TagCount};

use crate::{App, AppError, Caller, Result};

const LONGEST: usize = 40;
/// Of one file.
pub(super) const MOST: usize = 30;

/// The tags in use after `after`, in order of the alphabet, with how many files carry each.
///
/// # Errors
/// Only when the database fails.
pub async fn tags(
    app: &App,
    caller: &Caller,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<TagCount>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(media_tags::counts(&mut tx, after.unwrap_or_default(), limit).await?)
}

/// The tags as they are kept: small letters, single spaces, no `#`, each once, in order. `field` is where they stand in the input.
pub(super) fn checked(field: &str, tags: &[String]) -> Result<Vec<String>> {
    let mut kept = Vec::new();
    for (position, tag) in tags.iter().enumerate() {
        let tag = normal(tag);
        let length = tag.chars().count();
        if length > LONGEST {
            return Err(AppError::invalid_field(
                format!("{field}.{position}"),
                ErrorCode::TooLong,
                format!("A tag has at most {LONGEST} characters; this one has {length}."),
            ));
        }
        if !tag.is_empty() {
            kept.push(tag);
        }
    }
    kept.sort();
    kept.dedup();
    few_enough(field, &kept)?;
    Ok(kept)
}

/// Refuses more tags than a file may have.
pub(super) fn few_enough(field: &str, tags: &[String]) -> Result<()> {
    if tags.len() <= MOST {
        return Ok(());
    }
    Err(AppError::invalid_field(
        field,
        ErrorCode::TooLong,
        format!("A file has at most {MOST} tags; these are {}.", tags.len()),
    ))
}

/// One tag as it is kept and looked for. A comma parts tags wherever they are typed, so none has one inside.
#[must_use]
pub fn normal(tag: &str) -> String {
    let plain: String = tag
        .chars()
        .map(|c| if c.is_control() || c == ',' { ' ' } else { c })
        .collect();
    let plain = plain.trim_start_matches(|c: char| c == '#' || c.is_whitespace());
    let words: Vec<_> = plain.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn what_means_the_same_is_one_tag() {
        let given = texts(&["#Pan de  Muerto", "pan de muerto", " ", "BROT", "Öl", "#"]);
        assert_eq!(
            checked("tags", &given).unwrap(),
            texts(&["brot", "pan de muerto", "öl"])
        );
    }

    #[test]
    fn long_tags_and_many_tags_are_refused() {
        let longest = "ñ".repeat(LONGEST);
        assert!(checked("tags", &texts(&[&longest])).is_ok());
        assert!(checked("tags", &[format!("{longest}ñ")]).is_err());
        let many: Vec<_> = (0..=MOST).map(|number| number.to_string()).collect();
        assert!(checked("tags", &many[..MOST]).is_ok());
        assert!(checked("tags", &many).is_err());
    }

    proptest! {
        #[test]
        fn normal_stays_normal(tag in "\\PC{0,30}") {
            let once = normal(&tag);
            prop_assert_eq!(normal(&once), once.clone());
            prop_assert!(!once.contains(','));
        }
    }
}
