//! Finds every statement in the sources and prepares it on both databases, so that none can be forgotten.

use std::path::{Path, PathBuf};

use fanfare_testkit::TestDatabase;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqlSafeStr, SqliteConnection,
};

#[derive(Clone, Copy, PartialEq)]
enum Engine {
    Sqlite,
    Postgres,
}

/// A statement and where it stands.
struct Statement {
    file: PathBuf,
    text: String,
}

#[tokio::test]
async fn on_sqlite() {
    let database = TestDatabase::sqlite().await;
    let mut connection = SqliteConnection::connect(&database.url).await.unwrap();
    let mut failed = Vec::new();
    for statement in statements(Engine::Sqlite) {
        let text = AssertSqlSafe(statement.text.clone()).into_sql_str();
        if let Err(error) = (&mut connection).prepare(text).await {
            failed.push(complaint(&statement, &error));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[tokio::test]
async fn on_postgres() {
    let Some(database) = TestDatabase::postgres().await else {
        return;
    };
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let mut failed = Vec::new();
    for statement in statements(Engine::Postgres) {
        let text = AssertSqlSafe(statement.text.clone()).into_sql_str();
        if let Err(error) = (&mut connection).prepare(text).await {
            failed.push(complaint(&statement, &error));
        }
    }
    connection.close().await.unwrap();
    database.remove().await;
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn the_search_finds_what_is_there() {
    let found = statements(Engine::Sqlite).len();
    assert!(
        found > 100,
        "only {found} statements found: does the search still know how they are written?"
    );
}

/// The audit log only grows, but for the two ways to forget.
#[test]
fn nothing_else_touches_the_audit_log() {
    for statement in statements(Engine::Sqlite) {
        let touches = ["UPDATE audit_events", "DELETE FROM audit_events"]
            .iter()
            .any(|beginning| statement.text.contains(beginning));
        assert!(
            !touches || statement.file.ends_with("audit/forgetting.rs"),
            "{}: {}",
            statement.file.display(),
            statement.text
        );
    }
}

fn complaint(statement: &Statement, error: &sqlx::Error) -> String {
    format!("{}: {error}\n{}", statement.file.display(), statement.text)
}

fn statements(engine: Engine) -> Vec<Statement> {
    let mut found = Vec::new();
    for file in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let other = match engine {
            Engine::Sqlite => "dialect/postgres.rs",
            Engine::Postgres => "dialect/sqlite.rs",
        };
        if file.ends_with(other) || file.ends_with("lib.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&file).unwrap();
        let texts = plain(&source)
            .into_iter()
            .chain(with_lists(&source, engine));
        found.extend(texts.map(|text| Statement {
            file: file.clone(),
            text,
        }));
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The literals of `sql!("…")`.
fn plain(source: &str) -> Vec<String> {
    after(source, "sql!(")
        .map(|rest| literal(rest).expect("sql! takes a literal").0)
        .collect()
}

/// `sql_in!(tx, "before", "$n", "after")`, put together as the macro does.
fn with_lists(source: &str, engine: Engine) -> Vec<String> {
    after(source, "sql_in!(")
        .map(|rest| {
            let rest = rest.split_once(',').expect("a transaction first").1;
            let (before, rest) = literal(rest).expect("the statement's beginning");
            let (list, rest) =
                literal(rest.trim_start_matches(',')).expect("the list's placeholder");
            let (end, _) = literal(rest.trim_start_matches(',')).expect("the statement's end");
            match engine {
                Engine::Postgres => format!("{before}= ANY(string_to_array({list}, ',')){end}"),
                Engine::Sqlite => format!("{before}IN (SELECT value FROM json_each({list})){end}"),
            }
        })
        .collect()
}

fn after<'a>(source: &'a str, marker: &'a str) -> impl Iterator<Item = &'a str> {
    source
        .match_indices(marker)
        .filter(|(at, _)| {
            !source[..*at].ends_with(['`', '$', '_', ' ']) || source[..*at].ends_with(' ')
        })
        .filter(|(at, _)| !line_before(source, *at).trim_start().starts_with("//"))
        .map(|(at, marker)| &source[at + marker.len()..])
}

fn line_before(source: &str, at: usize) -> &str {
    &source[source[..at].rfind('\n').map_or(0, |end| end + 1)..at]
}

/// The string literal that `text` begins with, and what stands after it.
fn literal(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start().strip_prefix('"')?;
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => match characters.next()?.1 {
                '\n' => {}
                'n' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}
