//! Series: posts that come of one rule, one after the other.

use fanfare_domain::repeat::Repeat;
use fanfare_domain::{PostId, SeriesId, WorkspaceId};
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::{
    Result, Row, StoreError, SystemTx, Value, WorkspaceTx, binds, comma_list, sql, sql_in,
};

/// A rule, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub id: SeriesId,
    pub rule: Repeat,
    pub time_zone: String,
    /// What clocks of the zone show at the beginning.
    pub starts: DateTime,
    /// In words, what keeps the next post from being as the last one was.
    pub problem: Option<String>,
    pub ended_at: Option<Timestamp>,
}

/// One post's place in its series.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub series: Series,
    pub post_id: PostId,
    /// Counts up from 1.
    pub number: i64,
    /// The instant of the rule, wherever the post was moved since.
    pub planned_at: Timestamp,
    /// The post of the series with the highest number: the next to go out, or the last that was.
    pub latest_post_id: PostId,
}

impl Place {
    /// Others follow this one.
    #[must_use]
    pub fn is_upcoming(&self) -> bool {
        self.series.ended_at.is_none() && self.post_id == self.latest_post_id
    }
}

pub async fn insert(tx: &mut WorkspaceTx, series: &Series, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO post_series (id, workspace_id, rule, time_zone, starts, problem, ended_at, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)"
        ),
        binds![
            series.id,
            workspace,
            written(series)?,
            &series.time_zone,
            series.starts.to_string(),
            series.problem.clone(),
            series.ended_at,
            now,
        ],
    )
    .await?;
    Ok(())
}

/// Saves rule, beginning, problem and end.
pub async fn update(tx: &mut WorkspaceTx, series: &Series, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE post_series SET rule = $3, time_zone = $4, starts = $5, problem = $6, ended_at = $7, updated_at = $8
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            series.id,
            written(series)?,
            &series.time_zone,
            series.starts.to_string(),
            series.problem.clone(),
            series.ended_at,
            now,
        ],
    )
    .await?;
    Ok(())
}

/// Adds the next post. Refused by the database when there is one of that number already.
pub async fn add_post(
    tx: &mut WorkspaceTx,
    series: SeriesId,
    post: PostId,
    number: i64,
    planned_at: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO series_posts (post_id, workspace_id, series_id, number, planned_at) VALUES ($1, $2, $3, $4, $5)"
        ),
        binds![post, workspace, series, number, planned_at],
    )
    .await?;
    Ok(())
}

/// Moves the post's place in the rule, after the rule has changed.
pub async fn set_planned(tx: &mut WorkspaceTx, post: PostId, planned_at: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE series_posts SET planned_at = $3 WHERE workspace_id = $1 AND post_id = $2"),
        binds![workspace, post, planned_at],
    )
    .await?;
    Ok(())
}

/// The places of several posts; posts that do not repeat are left out.
pub async fn places(tx: &mut WorkspaceTx, posts: &[PostId]) -> Result<Vec<Place>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT s.id, s.rule, s.time_zone, s.starts, s.problem, s.ended_at, o.post_id, o.number, o.planned_at,
             (SELECT l.post_id FROM series_posts l
              WHERE l.workspace_id = $1 AND l.series_id = o.series_id ORDER BY l.number DESC LIMIT 1) AS latest_post_id
         FROM series_posts o JOIN post_series s ON s.id = o.series_id AND s.workspace_id = o.workspace_id
         WHERE o.workspace_id = $1 AND o.post_id ",
        "$2",
        " ORDER BY o.post_id"
    );
    tx.all(text, binds![workspace, comma_list(posts)], read_place)
        .await
}

/// The post's place in its series, if it is one of one.
pub async fn place_of(tx: &mut WorkspaceTx, post: PostId) -> Result<Option<Place>> {
    Ok(places(tx, &[post]).await?.pop())
}

/// The newest post of the series; absent when it has been deleted with all before it.
pub async fn latest_post(tx: &mut WorkspaceTx, series: SeriesId) -> Result<Option<PostId>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT post_id FROM series_posts WHERE workspace_id = $1 AND series_id = $2 ORDER BY number DESC LIMIT 1"
        ),
        binds![workspace, series],
        |row| row.id("post_id"),
    )
    .await
}

/// Takes the post out of its series.
pub async fn leave(tx: &mut WorkspaceTx, post: PostId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM series_posts WHERE workspace_id = $1 AND post_id = $2"),
        binds![workspace, post],
    )
    .await?;
    Ok(())
}

/// The newest posts of series that go on, where those posts were cancelled.
pub async fn cancelled(tx: &mut WorkspaceTx) -> Result<Vec<PostId>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT o.post_id FROM post_series s
             JOIN series_posts o ON o.series_id = s.id AND o.workspace_id = s.workspace_id
             JOIN posts p ON p.id = o.post_id AND p.workspace_id = o.workspace_id
             WHERE s.workspace_id = $1 AND s.ended_at IS NULL AND p.state = 'cancelled'
                 AND o.number = (SELECT MAX(l.number) FROM series_posts l WHERE l.workspace_id = $1 AND l.series_id = s.id)
             ORDER BY o.post_id LIMIT 1000"
        ),
        binds![workspace],
        |row| row.id("post_id"),
    )
    .await
}

/// Series that go on, of all workspaces, whose newest post was due before `due_before`, or has no job to come round by.
pub async fn stalled(
    tx: &mut SystemTx,
    due_before: Timestamp,
) -> Result<Vec<(WorkspaceId, SeriesId)>> {
    tx.all(
        sql!(
            "SELECT s.workspace_id, s.id FROM post_series s
             WHERE s.ended_at IS NULL AND (
                 NOT EXISTS (SELECT 1 FROM jobs j WHERE j.key = 'repeat:' || s.id AND j.dead_at IS NULL)
                 OR NOT EXISTS (
                     SELECT 1 FROM series_posts o JOIN posts p ON p.id = o.post_id
                     WHERE o.series_id = s.id AND p.due_at >= $1))
             ORDER BY s.id LIMIT 500"
        ),
        binds![due_before],
        |row| Ok((row.id("workspace_id")?, row.id("id")?)),
    )
    .await
}

fn written(series: &Series) -> Result<Value> {
    let rule = serde_json::to_string(&series.rule)
        .map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(rule.into())
}

fn read_place(row: &Row) -> Result<Place> {
    Ok(Place {
        series: Series {
            id: row.id("id")?,
            rule: row.json("rule")?,
            time_zone: row.text("time_zone")?,
            starts: row.id("starts")?,
            problem: row.optional_text("problem")?,
            ended_at: row.optional_instant("ended_at")?,
        },
        post_id: row.id("post_id")?,
        number: row.int("number")?,
        planned_at: row.instant("planned_at")?,
        latest_post_id: row.id("latest_post_id")?,
    })
}
