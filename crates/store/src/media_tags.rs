//! The tags of pictures and videos.

use fanfare_domain::MediaId;

use crate::{Result, WorkspaceTx, binds, comma_list, sql, sql_in};

/// A tag and how many files carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    pub tag: String,
    pub files: i64,
}

/// Replaces the tags of a file.
pub async fn set(tx: &mut WorkspaceTx, media: MediaId, tags: &[String]) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM media_tags WHERE workspace_id = $1 AND media_id = $2"),
        binds![workspace, media],
    )
    .await?;
    for tag in tags {
        tx.execute(
            sql!("INSERT INTO media_tags (workspace_id, media_id, tag) VALUES ($1, $2, $3)"),
            binds![workspace, media, tag],
        )
        .await?;
    }
    Ok(())
}

/// The tags of several files, each file's in order.
pub(crate) async fn of(tx: &mut WorkspaceTx, media: &[MediaId]) -> Result<Vec<(MediaId, String)>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT media_id, tag FROM media_tags WHERE workspace_id = $1 AND media_id ",
        "$2",
        " ORDER BY media_id, tag"
    );
    tx.all(text, binds![workspace, comma_list(media)], |row| {
        Ok((row.id("media_id")?, row.text("tag")?))
    })
    .await
}

/// All tags that are in use, in order of the alphabet.
pub async fn counts(tx: &mut WorkspaceTx, after: &str, limit: u32) -> Result<Vec<TagCount>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT tag, COUNT(*) AS files FROM media_tags WHERE workspace_id = $1 AND tag > $2
             GROUP BY tag ORDER BY tag LIMIT $3"
        ),
        binds![workspace, after, limit],
        |row| {
            Ok(TagCount {
                tag: row.text("tag")?,
                files: row.int("files")?,
            })
        },
    )
    .await
}
