//! Pictures and videos: what is known of them. Their bytes lie in the blob store.

use std::collections::{BTreeMap, BTreeSet};

use fanfare_domain::media::MediaKind;
use fanfare_domain::{MediaFolderId, MediaId, UserId};
use jiff::Timestamp;

use crate::{
    Result, Row, StoreError, SystemTx, WorkspaceTx, binds, comma_list, media_tags, sql, sql_in,
};

/// One stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub id: MediaId,
    pub kind: MediaKind,
    pub mime: String,
    pub bytes: u64,
    /// As shown, in pixels.
    pub width: u32,
    pub height: u32,
    /// Absent for still pictures, and when it could not be told.
    pub duration_millis: Option<u64>,
    /// Of the picture in a video, such as `h264`.
    pub codec: Option<String>,
    /// What people who cannot see it are told; empty when nobody wrote any.
    pub alt: String,
    /// As the person named it; of any length up to 255 characters and in any script.
    pub file_name: String,
    pub sha256: String,
    pub storage_key: String,
    pub thumbnail_key: Option<String>,
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    /// Absent when it lies in none.
    pub folder_id: Option<MediaFolderId>,
    /// The file it was made from, which may be gone.
    pub derived_from: Option<MediaId>,
    /// In order, each once.
    pub tags: Vec<String>,
    /// How many posts show it. [`insert`] does not look at it.
    pub used_in: u64,
}

/// How many posts show a file, and how many of those have yet to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    pub posts: u64,
    pub unfinished: u64,
}

/// Adds a file.
pub async fn insert(tx: &mut WorkspaceTx, media: &Media) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO media (id, workspace_id, kind, mime, bytes, width, height, duration_millis, codec, alt,
                 file_name, sha256, storage_key, thumbnail_key, created_by, created_at, folder_id, derived_from,
                 name_key, search_text)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
        ),
        binds![
            media.id,
            workspace,
            media.kind,
            &media.mime,
            signed(media.bytes),
            media.width,
            media.height,
            media.duration_millis.map(signed),
            media.codec.clone(),
            &media.alt,
            &media.file_name,
            &media.sha256,
            &media.storage_key,
            media.thumbnail_key.clone(),
            media.created_by,
            media.created_at,
            media.folder_id,
            media.derived_from,
            media.file_name.to_lowercase(),
            search_text(media),
        ],
    )
    .await?;
    media_tags::set(tx, media.id, &media.tags).await
}

/// Saves what people change: name, alternative text, folder and tags. False when there is no such file.
pub async fn update(tx: &mut WorkspaceTx, media: &Media) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE media SET alt = $3, file_name = $4, folder_id = $5, name_key = $6, search_text = $7
                 WHERE workspace_id = $1 AND id = $2"
            ),
            binds![
                workspace,
                media.id,
                &media.alt,
                &media.file_name,
                media.folder_id,
                media.file_name.to_lowercase(),
                search_text(media),
            ],
        )
        .await?;
    if rows == 1 {
        media_tags::set(tx, media.id, &media.tags).await?;
    }
    Ok(rows == 1)
}

/// Makes all others who change this file wait until this transaction ends. False when it is gone.
pub async fn lock(tx: &mut WorkspaceTx, id: MediaId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("UPDATE media SET alt = alt WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// What words are looked for in.
fn search_text(media: &Media) -> String {
    let mut text = format!("{}\n{}", media.file_name, media.alt);
    for tag in &media.tags {
        text.push('\n');
        text.push_str(tag);
    }
    text.to_lowercase()
}

/// The file, or `NotFound`.
pub async fn get(tx: &mut WorkspaceTx, id: MediaId) -> Result<Media> {
    find(tx, id).await?.ok_or(StoreError::NotFound)
}

/// The file, if it exists.
pub async fn find(tx: &mut WorkspaceTx, id: MediaId) -> Result<Option<Media>> {
    Ok(by_ids(tx, &[id]).await?.pop())
}

/// How many ids one statement looks up.
pub(crate) const MANY: usize = 10;

/// The file, in whichever workspace it is. Its tags are left out.
pub async fn find_anywhere(tx: &mut SystemTx, id: MediaId) -> Result<Option<Media>> {
    tx.optional(
        sql!(
            "SELECT id, kind, mime, bytes, width, height, duration_millis, codec, alt, file_name, sha256,
                 storage_key, thumbnail_key, created_by, created_at, folder_id, derived_from,
                 (SELECT COUNT(DISTINCT p.post_id) FROM post_media p
                  JOIN posts o ON o.workspace_id = p.workspace_id AND o.id = p.post_id AND o.deleted_at IS NULL
                  WHERE p.workspace_id = media.workspace_id AND p.media_id = media.id) AS used_in
             FROM media WHERE id = $1"
        ),
        binds![id],
        read,
    )
    .await
}

/// Those of `ids` that exist, in the order asked for; an id named twice comes twice.
pub async fn many(tx: &mut WorkspaceTx, ids: &[MediaId]) -> Result<Vec<Media>> {
    let found = by_ids(tx, ids).await?;
    let of = |id: &MediaId| found.iter().find(|media| media.id == *id).cloned();
    Ok(ids.iter().filter_map(of).collect())
}

/// Those of `ids` that exist, each once, in the order asked for.
pub(crate) async fn by_ids(tx: &mut WorkspaceTx, ids: &[MediaId]) -> Result<Vec<Media>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT id, kind, mime, bytes, width, height, duration_millis, codec, alt, file_name, sha256,
             storage_key, thumbnail_key, created_by, created_at, folder_id, derived_from,
             (SELECT COUNT(DISTINCT p.post_id) FROM post_media p
                  JOIN posts o ON o.workspace_id = p.workspace_id AND o.id = p.post_id AND o.deleted_at IS NULL
              WHERE p.workspace_id = media.workspace_id AND p.media_id = media.id) AS used_in
         FROM media WHERE workspace_id = $1 AND id ",
        "$2",
        ""
    );
    let mut found = tx
        .all(text, binds![workspace, comma_list(ids)], read)
        .await?;
    let place: BTreeMap<_, _> = ids.iter().zip(0..).collect();
    found.sort_by_key(|media| place.get(&media.id).copied());
    let mut tags: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (media, tag) in media_tags::of(tx, ids).await? {
        tags.entry(media).or_default().push(tag);
    }
    for media in &mut found {
        media.tags = tags.remove(&media.id).unwrap_or_default();
    }
    Ok(found)
}

/// Where the bytes of the workspace's files lie: of up to `limit` files after `after`, in the order of their ids.
pub async fn keys(
    tx: &mut WorkspaceTx,
    after: Option<MediaId>,
    limit: u32,
) -> Result<Vec<(MediaId, Vec<String>)>> {
    let workspace = tx.workspace();
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.all(
        sql!(
            "SELECT id, storage_key, thumbnail_key FROM media
             WHERE workspace_id = $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        binds![workspace, after, limit],
        |row| {
            let thumbnail = row.optional_text("thumbnail_key")?;
            let keys = std::iter::once(row.text("storage_key")?).chain(thumbnail);
            Ok((row.id("id")?, keys.collect()))
        },
    )
    .await
}

/// Forgets the file. Whoever calls it looks at [`usage`] first and deletes the bytes after the commit.
pub async fn delete(tx: &mut WorkspaceTx, id: MediaId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("DELETE FROM media WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// Who shows the file; deleted posts show nothing. The newest post of a series is unfinished whatever became of it: the next is made of it.
pub async fn usage(tx: &mut WorkspaceTx, id: MediaId) -> Result<Usage> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT COUNT(*) AS posts,
                 COALESCE(SUM(CASE WHEN state IN ('published', 'partly_published', 'failed', 'cancelled', 'missed')
                     AND NOT EXISTS (
                         SELECT 1 FROM series_posts o JOIN post_series s ON s.id = o.series_id AND s.ended_at IS NULL
                         WHERE o.workspace_id = $1 AND o.post_id = posts.id
                             AND o.number = (SELECT MAX(l.number) FROM series_posts l WHERE l.workspace_id = $1 AND l.series_id = s.id))
                     THEN 0 ELSE 1 END), 0) AS unfinished
             FROM posts
             WHERE workspace_id = $1 AND deleted_at IS NULL
               AND id IN (SELECT post_id FROM post_media WHERE workspace_id = $1 AND media_id = $2)"
        ),
        binds![workspace, id],
        |row| {
            Ok(Usage { posts: unsigned(row, "posts")?, unfinished: unsigned(row, "unfinished")? })
        },
    )
    .await
}

/// Those of `ids` of which there is a file in any workspace.
pub async fn existing(tx: &mut SystemTx, ids: &[MediaId]) -> Result<BTreeSet<MediaId>> {
    let mut found = BTreeSet::new();
    for chunk in ids.chunks(MANY) {
        let values = padded(chunk).map(crate::Value::Text).collect();
        found.extend(
            tx.all(
                sql!("SELECT id FROM media WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
                values,
                |row| row.id::<MediaId>("id"),
            )
            .await?,
        );
    }
    Ok(found)
}

/// As many values as the statement has places; the places left over find nothing.
pub(crate) fn padded(ids: &[MediaId]) -> impl Iterator<Item = Option<String>> {
    (0..MANY).map(|place| ids.get(place).map(ToString::to_string))
}

fn read(row: &Row) -> Result<Media> {
    Ok(Media {
        id: row.id("id")?,
        kind: row.named("kind", MediaKind::parse)?,
        mime: row.text("mime")?,
        bytes: unsigned(row, "bytes")?,
        width: pixels(row, "width")?,
        height: pixels(row, "height")?,
        duration_millis: match row.optional_int("duration_millis")? {
            None => None,
            Some(_) => Some(unsigned(row, "duration_millis")?),
        },
        codec: row.optional_text("codec")?,
        alt: row.text("alt")?,
        file_name: row.text("file_name")?,
        sha256: row.text("sha256")?,
        storage_key: row.text("storage_key")?,
        thumbnail_key: row.optional_text("thumbnail_key")?,
        created_by: row.optional_id("created_by")?,
        created_at: row.instant("created_at")?,
        folder_id: row.optional_id("folder_id")?,
        derived_from: row.optional_id("derived_from")?,
        tags: Vec::new(),
        used_in: unsigned(row, "used_in")?,
    })
}

/// The database counts in signed numbers; nothing here comes near their end.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn unsigned(row: &Row, name: &str) -> Result<u64> {
    let number = row.int(name)?;
    u64::try_from(number)
        .map_err(|_| StoreError::Broken(format!("column {name} holds {number}, which is below 0")))
}

fn pixels(row: &Row, name: &str) -> Result<u32> {
    let number = row.int(name)?;
    u32::try_from(number)
        .map_err(|_| StoreError::Broken(format!("column {name} holds {number}, which is no size")))
}
