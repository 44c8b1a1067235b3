//! Which files a list of the library shows, and in which order; and which posts show a file.

use fanfare_domain::media::MediaKind;
use fanfare_domain::post::PostState;
use fanfare_domain::{MediaFolderId, MediaId, PostId};
use jiff::Timestamp;

use crate::media::{Media, by_ids, signed};
use crate::posts::like_pattern;
use crate::{Result, WorkspaceTx, binds, comma_list, sql};

/// Where files lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Anywhere,
    /// In no folder.
    Top,
    Folders(Vec<MediaFolderId>),
}

/// Which files a list shows. Empty filters show all.
#[derive(Debug, Clone, Default)]
pub struct MediaFilter {
    pub place: Place,
    pub kind: Option<MediaKind>,
    /// Empty for any.
    pub tag: String,
    /// Each word, up to four, is somewhere in name, alternative text or tags; the fourth is all the rest.
    pub search: String,
    /// Only files that no post shows.
    pub unused: bool,
}

/// The order of a list, with the file after which it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaOrder {
    Newest(Option<MediaId>),
    Oldest(Option<MediaId>),
    /// By name in small letters.
    Name(Option<(String, MediaId)>),
    Largest(Option<(u64, MediaId)>),
}

/// Ids are hexadecimal: this sorts after all of them.
const AFTER_ALL: &str = "g";

/// The files, at most `limit`.
pub async fn list(
    tx: &mut WorkspaceTx,
    filter: &MediaFilter,
    order: &MediaOrder,
    limit: u32,
) -> Result<Vec<Media>> {
    let ids = match order {
        MediaOrder::Newest(after) => newest(tx, filter, *after, limit).await?,
        MediaOrder::Oldest(after) => oldest(tx, filter, *after, limit).await?,
        MediaOrder::Name(after) => by_name(tx, filter, after.as_ref(), limit).await?,
        MediaOrder::Largest(after) => largest(tx, filter, *after, limit).await?,
    };
    by_ids(tx, &ids).await
}

async fn newest(
    tx: &mut WorkspaceTx,
    filter: &MediaFilter,
    after: Option<MediaId>,
    limit: u32,
) -> Result<Vec<MediaId>> {
    let mut values = filters(tx, filter);
    values.extend(binds![
        after.map_or_else(|| AFTER_ALL.to_owned(), |id| id.to_string()),
        limit
    ]);
    tx.all(
        sql!(
            "SELECT m.id FROM media m
             WHERE m.workspace_id = $1
                 AND ($2 = '' OR ',' || $2 || ',' LIKE '%,' || COALESCE(m.folder_id, 'top') || ',%')
                 AND ($3 = '' OR m.kind = $3)
                 AND ($4 = '' OR EXISTS (SELECT 1 FROM media_tags t
                      WHERE t.workspace_id = m.workspace_id AND t.media_id = m.id AND t.tag = $4))
                 AND ($5 = '' OR m.search_text LIKE $5 ESCAPE '!') AND ($6 = '' OR m.search_text LIKE $6 ESCAPE '!')
                 AND ($7 = '' OR m.search_text LIKE $7 ESCAPE '!') AND ($8 = '' OR m.search_text LIKE $8 ESCAPE '!')
                 AND ($9 = '' OR NOT EXISTS (SELECT 1 FROM post_media p
                      JOIN posts o ON o.workspace_id = p.workspace_id AND o.id = p.post_id AND o.deleted_at IS NULL
                      WHERE p.workspace_id = m.workspace_id AND p.media_id = m.id))
                 AND m.id < $10
             ORDER BY m.id DESC LIMIT $11"
        ),
        values,
        |row| row.id("id"),
    )
    .await
}

async fn oldest(
    tx: &mut WorkspaceTx,
    filter: &MediaFilter,
    after: Option<MediaId>,
    limit: u32,
) -> Result<Vec<MediaId>> {
    let mut values = filters(tx, filter);
    values.extend(binds![
        after.map(|id| id.to_string()).unwrap_or_default(),
        limit
    ]);
    tx.all(
        sql!(
            "SELECT m.id FROM media m
             WHERE m.workspace_id = $1
                 AND ($2 = '' OR ',' || $2 || ',' LIKE '%,' || COALESCE(m.folder_id, 'top') || ',%')
                 AND ($3 = '' OR m.kind = $3)
                 AND ($4 = '' OR EXISTS (SELECT 1 FROM media_tags t
                      WHERE t.workspace_id = m.workspace_id AND t.media_id = m.id AND t.tag = $4))
                 AND ($5 = '' OR m.search_text LIKE $5 ESCAPE '!') AND ($6 = '' OR m.search_text LIKE $6 ESCAPE '!')
                 AND ($7 = '' OR m.search_text LIKE $7 ESCAPE '!') AND ($8 = '' OR m.search_text LIKE $8 ESCAPE '!')
                 AND ($9 = '' OR NOT EXISTS (SELECT 1 FROM post_media p
                      JOIN posts o ON o.workspace_id = p.workspace_id AND o.id = p.post_id AND o.deleted_at IS NULL
                      WHERE p.workspace_id = m.workspace_id AND p.media_id = m.id))
                 AND m.id > $10
             ORDER BY m.id LIMIT $11"
        ),
        values,
        |row| row.id("id"),
    )
    .await
}

async fn by_name(
    tx: &mut WorkspaceTx,
    filter: &MediaFilter,
    after: Option<&(String, MediaId)>,
    limit: u32,
) -> Result<Vec<MediaId>> {
    let (name, id) = after.map_or_else(Default::default, |(name, id)| {
        (name.clone(), id.to_string())
    });
    let mut values = filters(tx, filter);
    values.extend(binds![name, id, limit]);
    tx.all(
        sql!(
            "SELECT m.id FROM media m
             WHERE m.workspace_id = $1
                 AND ($2 = '' OR ',' || $2 || ',' LIKE '%,' || COALESCE(m.folder_id, 'top') || ',%')
                 AND ($3 = '' OR m.kind = $3)
                 AND ($4 = '' OR EXISTS (SELECT 1 FROM media_tags t
                      WHERE t.workspace_id = m.workspace_id AND t.media_id = m.id AND t.tag = $4))
                 AND ($5 = '' OR m.search_text LIKE $5 ESCAPE '!') AND ($6 = '' OR m.search_text LIKE $6 ESCAPE '!')
                 AND ($7 = '' OR m.search_text LIKE $7 ESCAPE '!') AND ($8 = '' OR m.search_text LIKE $8 ESCAPE '!')
                 AND ($9 = '' OR NOT EXISTS (SELECT 1 FROM post_media p
                      JOIN posts o ON o.workspace_id = p.workspace_id AND o.id = p.post_id AND o.deleted_at IS NULL
                      WHERE p.workspace_id = m.workspace_id AND p.media_id = m.id))
                 AND (m.name_key > $10 OR (m.name_key = $10 AND m.id > $11))
             ORDER BY m.name_key, m.id LIMIT $12"
        ),
        values,
        |row| row.id("id"),
    )
    .await
}

async fn largest(
    tx: &mut WorkspaceTx,
    filter: &MediaFilter,
    after: Option<(u64, MediaId)>,
    limit: u32,
) -> Result<Vec<MediaId>> {
    let (bytes, id) = after.map_or_else(
        || (i64::MAX, AFTER_ALL.to_owned()),
        |(bytes, id)| (signed(bytes), id.to_string()),
    );
    let mut values = filters(tx, filter);
    values.extend(binds![bytes, id, limit]);
    tx.all(
        sql!(
            "SELECT m.id FROM media m
             WHERE m.workspace_id = $1
                 AND ($2 = '' OR ',' || $2 || ',' LIKE '%,' || COALESCE(m.folder_id, 'top') || ',%')
                 AND ($3 = '' OR m.kind = $3)
                 AND ($4 = '' OR EXISTS (SELECT 1 FROM media_tags t
                      WHERE t.workspace_id = m.workspace_id AND t.media_id = m.id AND t.tag = $4))
                 AND ($5 = '' OR m.search_text LIKE $5 ESCAPE '!') AND ($6 = '' OR m.search_text LIKE $6 ESCAPE '!')
                 AND ($7 = '' OR m.search_text LIKE $7 ESCAPE '!') AND ($8 = '' OR m.search_text LIKE $8 ESCAPE '!')
                 AND ($9 = '' OR NOT EXISTS (SELECT 1 FROM post_media p
                      JOIN posts o ON o.workspace_id = p.workspace_id AND o.id = p.post_id AND o.deleted_at IS NULL
                      WHERE p.workspace_id = m.workspace_id AND p.media_id = m.id))
                 AND (m.bytes < $10 OR (m.bytes = $10 AND m.id < $11))
             ORDER BY m.bytes DESC, m.id DESC LIMIT $12"
        ),
        values,
        |row| row.id("id"),
    )
    .await
}

/// The values of `$1` to `$9`, which all orders have in common.
fn filters(tx: &WorkspaceTx, filter: &MediaFilter) -> Vec<crate::Value> {
    let place = match &filter.place {
        Place::Anywhere => String::new(),
        Place::Top => "top".to_owned(),
        Place::Folders(ids) => comma_list(ids),
    };
    let kind = filter.kind.map_or("", |kind| kind.as_str());
    let [first, second, third, fourth] = words(&filter.search).map(|word| like_pattern(&word));
    let unused = if filter.unused { "yes" } else { "" };
    binds![
        tx.workspace(),
        place,
        kind,
        &filter.tag,
        first,
        second,
        third,
        fourth,
        unused
    ]
}

fn words(search: &str) -> [String; 4] {
    let mut words = search.split_whitespace();
    let mut next = || words.next().unwrap_or_default().to_owned();
    let first = [next(), next(), next()];
    let rest = words.collect::<Vec<_>>().join(" ");
    let [a, b, c] = first;
    [a, b, c, rest]
}

/// A post that shows a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaUse {
    pub post: PostId,
    pub text: String,
    pub state: PostState,
    pub due_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    /// The file's place among the post's, from 0.
    pub position: i64,
    /// What this post says of it; the file's own text where empty.
    pub alt: String,
}

/// The newest posts that show the file, of those before `before`.
pub async fn uses(
    tx: &mut WorkspaceTx,
    id: MediaId,
    before: Option<PostId>,
    limit: u32,
) -> Result<Vec<MediaUse>> {
    let workspace = tx.workspace();
    let before = before.map_or_else(|| AFTER_ALL.to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT p.id, p.text, p.state, p.due_at, p.updated_at, pm.position, pm.alt
             FROM post_media pm JOIN posts p ON p.workspace_id = pm.workspace_id AND p.id = pm.post_id
             WHERE pm.workspace_id = $1 AND pm.media_id = $2 AND p.id < $3 AND p.deleted_at IS NULL
             ORDER BY p.id DESC LIMIT $4"
        ),
        binds![workspace, id, before, limit],
        |row| {
            Ok(MediaUse {
                post: row.id("id")?,
                text: row.text("text")?,
                state: row.named("state", PostState::parse)?,
                due_at: row.optional_instant("due_at")?,
                updated_at: row.instant("updated_at")?,
                position: row.int("position")?,
                alt: row.text("alt")?,
            })
        },
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn four_words_are_looked_for_one_by_one_and_the_rest_together() {
        assert_eq!(words(""), [""; 4]);
        assert_eq!(words(" rye  loaf "), ["rye", "loaf", "", ""]);
        assert_eq!(words("a b c d e"), ["a", "b", "c", "d e"]);
    }
}
