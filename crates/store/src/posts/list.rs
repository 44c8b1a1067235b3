//! Lists of posts: which, in what order, from where on.

use std::fmt;
use std::str::FromStr;

use fanfare_domain::id::InvalidId;
use fanfare_domain::post::PostState;
use fanfare_domain::{ChannelId, PostId, UserId};
use jiff::Timestamp;

use super::{Post, read};
use crate::{Result, Value, WorkspaceTx, binds, comma_list, sql};

/// Which posts a list shows. Empty filters show all.
#[derive(Debug, Clone, Default)]
pub struct PostFilter {
    pub states: Vec<PostState>,
    /// Posts that go to at least one of them.
    pub channels: Vec<ChannelId>,
    pub platforms: Vec<String>,
    pub author: Option<UserId>,
    /// Posts that went out or are due at this time or later.
    pub from: Option<Timestamp>,
    /// Posts that went out or are due before this time.
    pub to: Option<Timestamp>,
    /// Words that each stand somewhere in the text of the post or of a channel, whatever the case.
    pub search: String,
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// What was composed last.
    #[default]
    Newest,
    /// What went out or is due first; posts without a time last.
    Due,
    /// The other way round: posts without a time first.
    DueDesc,
}

/// Where a post stands in any order, so that a list can go on after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    happens_at: i64,
    id: PostId,
}

/// Somebody who composed at least one post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub id: UserId,
    pub name: String,
}

/// How many words a search takes apart; the rest must follow one another.
const WORDS: usize = 4;

/// At most `limit` posts in that order, each with its place, going on after `after`.
pub async fn list(
    tx: &mut WorkspaceTx,
    filter: &PostFilter,
    order: Order,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<(Post, Place)>> {
    let mut values = filter.values(tx);
    let text = match order {
        Order::Newest => {
            // Ids are hexadecimal: `g` sorts after all of them.
            let before = after.map_or_else(|| "g".to_owned(), |place| place.id.to_string());
            values.extend(binds![before, limit]);
            // The sign keeps SQLite from reading by time and sorting everything.
            sql!(
                "SELECT p.id, p.author_id, COALESCE(u.name, '') AS author_name, p.state, p.text, p.schedule_kind, p.due_at,
                     p.time_zone, p.paused_at, p.revision, p.created_at, p.updated_at, p.happens_at
                 FROM posts p LEFT JOIN users u ON u.id = p.author_id
                 WHERE p.workspace_id = $1 AND p.deleted_at IS NULL
                     AND +p.happens_at BETWEEN $2 AND $3
                     AND ($4 = '' OR p.author_id = $4)
                     AND ($5 = '' OR EXISTS (SELECT 1 FROM deliveries d
                         WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $5 || ',' LIKE '%,' || d.channel_id || ',%'))
                     AND ($6 = '' OR EXISTS (SELECT 1 FROM deliveries d
                         WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $6 || ',' LIKE '%,' || d.platform || ',%'))
                     AND p.search_text LIKE $7 ESCAPE '!' AND p.search_text LIKE $8 ESCAPE '!'
                     AND p.search_text LIKE $9 ESCAPE '!' AND p.search_text LIKE $10 ESCAPE '!'
                     AND ($11 = '' OR ',' || $11 || ',' LIKE '%,' || p.state || ',%')
                     AND p.id < $12
                 ORDER BY p.id DESC LIMIT $13"
            )
        }
        Order::Due => {
            let place = after.unwrap_or(Place::before_all());
            values[1] = Value::from(filter.earliest().max(place.happens_at));
            values.extend(binds![place.happens_at, place.id, limit]);
            sql!(
                "SELECT p.id, p.author_id, COALESCE(u.name, '') AS author_name, p.state, p.text, p.schedule_kind, p.due_at,
                     p.time_zone, p.paused_at, p.revision, p.created_at, p.updated_at, p.happens_at
                 FROM posts p LEFT JOIN users u ON u.id = p.author_id
                 WHERE p.workspace_id = $1 AND p.deleted_at IS NULL
                     AND p.happens_at BETWEEN $2 AND $3
                     AND ($4 = '' OR p.author_id = $4)
                     AND ($5 = '' OR EXISTS (SELECT 1 FROM deliveries d
                         WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $5 || ',' LIKE '%,' || d.channel_id || ',%'))
                     AND ($6 = '' OR EXISTS (SELECT 1 FROM deliveries d
                         WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $6 || ',' LIKE '%,' || d.platform || ',%'))
                     AND p.search_text LIKE $7 ESCAPE '!' AND p.search_text LIKE $8 ESCAPE '!'
                     AND p.search_text LIKE $9 ESCAPE '!' AND p.search_text LIKE $10 ESCAPE '!'
                     AND ($11 = '' OR ',' || $11 || ',' LIKE '%,' || p.state || ',%')
                     AND (p.happens_at <> $12 OR p.id > $13)
                 ORDER BY p.happens_at, p.id LIMIT $14"
            )
        }
        Order::DueDesc => {
            let place = after.unwrap_or(Place::before_all());
            if after.is_some() {
                values[2] = Value::from(filter.latest().min(place.happens_at));
            }
            values.extend(binds![place.happens_at, place.id, limit]);
            sql!(
                "SELECT p.id, p.author_id, COALESCE(u.name, '') AS author_name, p.state, p.text, p.schedule_kind, p.due_at,
                     p.time_zone, p.paused_at, p.revision, p.created_at, p.updated_at, p.happens_at
                 FROM posts p LEFT JOIN users u ON u.id = p.author_id
                 WHERE p.workspace_id = $1 AND p.deleted_at IS NULL
                     AND p.happens_at BETWEEN $2 AND $3
                     AND ($4 = '' OR p.author_id = $4)
                     AND ($5 = '' OR EXISTS (SELECT 1 FROM deliveries d
                         WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $5 || ',' LIKE '%,' || d.channel_id || ',%'))
                     AND ($6 = '' OR EXISTS (SELECT 1 FROM deliveries d
                         WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $6 || ',' LIKE '%,' || d.platform || ',%'))
                     AND p.search_text LIKE $7 ESCAPE '!' AND p.search_text LIKE $8 ESCAPE '!'
                     AND p.search_text LIKE $9 ESCAPE '!' AND p.search_text LIKE $10 ESCAPE '!'
                     AND ($11 = '' OR ',' || $11 || ',' LIKE '%,' || p.state || ',%')
                     AND (p.happens_at <> $12 OR p.id < $13)
                 ORDER BY p.happens_at DESC, p.id DESC LIMIT $14"
            )
        }
    };
    tx.all(text, values, |row| {
        let post = read(row)?;
        let place = Place {
            happens_at: row.int("happens_at")?,
            id: post.id,
        };
        Ok((post, place))
    })
    .await
}

/// How many posts that match are in each state, whatever states the filter asks for; states without posts are left out.
pub async fn counts(tx: &mut WorkspaceTx, filter: &PostFilter) -> Result<Vec<(PostState, i64)>> {
    let (text, values) = if filter.is_empty_but_for_states() {
        let workspace = tx.workspace();
        let text = sql!(
            "SELECT state, COUNT(*) AS posts FROM posts WHERE workspace_id = $1 AND deleted_at IS NULL GROUP BY state"
        );
        (text, binds![workspace])
    } else {
        let mut values = filter.values(tx);
        values.pop();
        let text = sql!(
            "SELECT p.state, COUNT(*) AS posts FROM posts p
             WHERE p.workspace_id = $1 AND p.deleted_at IS NULL
                 AND p.happens_at BETWEEN $2 AND $3
                 AND ($4 = '' OR p.author_id = $4)
                 AND ($5 = '' OR EXISTS (SELECT 1 FROM deliveries d
                     WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $5 || ',' LIKE '%,' || d.channel_id || ',%'))
                 AND ($6 = '' OR EXISTS (SELECT 1 FROM deliveries d
                     WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $6 || ',' LIKE '%,' || d.platform || ',%'))
                 AND p.search_text LIKE $7 ESCAPE '!' AND p.search_text LIKE $8 ESCAPE '!'
                 AND p.search_text LIKE $9 ESCAPE '!' AND p.search_text LIKE $10 ESCAPE '!'
             GROUP BY p.state"
        );
        (text, values)
    };
    tx.all(text, values, |row| {
        Ok((row.named("state", PostState::parse)?, row.int("posts")?))
    })
    .await
}

/// Everybody who composed a post of the workspace, by name.
pub async fn authors(tx: &mut WorkspaceTx) -> Result<Vec<Author>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT u.id, u.name FROM users u
             WHERE u.id IN (SELECT DISTINCT author_id FROM posts WHERE workspace_id = $1 AND author_id IS NOT NULL)
             ORDER BY u.name, u.id LIMIT 1000"
        ),
        binds![workspace],
        |row| {
            Ok(Author {
                id: row.id("id")?,
                name: row.text("name")?,
            })
        },
    )
    .await
}

impl PostFilter {
    /// `$1` to `$11`, in the order of the statements.
    fn values(&self, tx: &WorkspaceTx) -> Vec<Value> {
        let author = self.author.map(|id| id.to_string()).unwrap_or_default();
        let mut values = binds![
            tx.workspace(),
            self.earliest(),
            self.latest(),
            author,
            comma_list(&self.channels),
            comma_list(&self.platforms),
        ];
        values.extend(patterns(&self.search).map(Value::from));
        values.push(Value::from(comma_list(&self.states)));
        values
    }

    fn earliest(&self) -> i64 {
        self.from.map_or(i64::MIN, Timestamp::as_millisecond)
    }

    fn latest(&self) -> i64 {
        match self.to {
            Some(to) => to.as_millisecond() - 1,
            // Posts without a time lie at the end of time: a span of time does not have them.
            None if self.from.is_some() => i64::MAX - 1,
            None => i64::MAX,
        }
    }

    fn is_empty_but_for_states(&self) -> bool {
        self.channels.is_empty()
            && self.platforms.is_empty()
            && self.author.is_none()
            && self.from.is_none()
            && self.to.is_none()
            && self.search.trim().is_empty()
    }
}

impl Place {
    /// No post stands at the beginning of time, so this one leaves none out.
    fn before_all() -> Self {
        Self {
            happens_at: i64::MIN,
            id: PostId::new(Timestamp::UNIX_EPOCH),
        }
    }
}

/// As a cursor carries it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.happens_at, self.id)
    }
}

impl FromStr for Place {
    type Err = InvalidId;

    fn from_str(text: &str) -> std::result::Result<Self, InvalidId> {
        let (happens_at, id) = text.split_once('.').ok_or(InvalidId)?;
        Ok(Self {
            happens_at: happens_at.parse().map_err(|_| InvalidId)?,
            id: id.parse()?,
        })
    }
}

/// The words as patterns for `LIKE … ESCAPE '!'`; places without a word match everything.
fn patterns(search: &str) -> [String; WORDS] {
    let folded = search.to_lowercase();
    let mut words = folded.split_whitespace();
    let mut patterns: [String; WORDS] = std::array::from_fn(|_| match words.next() {
        Some(word) => format!("%{}%", escaped(word)),
        None => "%".to_owned(),
    });
    for word in words {
        patterns[WORDS - 1] += &format!("{}%", escaped(word));
    }
    patterns
}

fn escaped(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for character in word.chars() {
        if matches!(character, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searching_for_wildcards_finds_them_literally() {
        assert_eq!(patterns(" 50% Off_ "), ["%50!%%", "%off!_%", "%", "%"]);
        assert_eq!(patterns("  "), ["%", "%", "%", "%"]);
        assert_eq!(patterns("a b c d e"), ["%a%", "%b%", "%c%", "%d%e%"]);
    }

    #[test]
    fn a_place_reads_back() {
        let place = Place {
            happens_at: i64::MAX,
            id: PostId::new(Timestamp::UNIX_EPOCH),
        };
        assert_eq!(place.to_string().parse(), Ok(place));
        assert_eq!("7".parse::<Place>(), Err(InvalidId));
    }
}
