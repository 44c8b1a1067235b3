//! `fanfare tokens`.

use anyhow::{Result, bail};
use fanfare_app::App;
use fanfare_app::connections::refresh::{Due, GrantError, due, renew};
use fanfare_store::connections::{self, Connection};
use jiff::Timestamp;

use super::{printable, wired};
use crate::config::Config;

const HEADINGS: [&str; 5] = ["workspace", "platform", "account", "ends (UTC)", ""];

/// Renews what is due, as `fanfare serve` does it every minute; or only tells what that would be.
pub(super) async fn refresh(config: &Config, is_dry: bool) -> Result<()> {
    let app = wired::app(config).await?;
    let done = if is_dry {
        tell(&app).await
    } else {
        renew_all(&app).await
    };
    app.store.close().await;
    done
}

async fn tell(app: &App) -> Result<()> {
    let mut rows = Vec::new();
    for due in due(app).await? {
        let connection = look(app, &due).await?;
        let why = why(&connection);
        rows.push(row(&due, &connection, why));
    }
    match rows.len() {
        0 => println!("Nothing is due."),
        count => {
            print(&rows);
            println!("\n{count} would be renewed. Without --dry-run they are.");
        }
    }
    Ok(())
}

async fn renew_all(app: &App) -> Result<()> {
    let (mut rows, mut failed) = (Vec::new(), 0);
    // What fails is not due again before a pause.
    for due in due(app).await? {
        let before = look(app, &due).await?;
        let (after, result) = match renew(app, &due).await {
            Ok(()) => (look(app, &due).await?, "renewed".to_owned()),
            Err(GrantError::Platform(error)) => {
                failed += 1;
                (before, error.detail)
            }
            Err(GrantError::Other(error)) => {
                failed += 1;
                (before, error.to_string())
            }
        };
        rows.push(row(&due, &after, result));
    }
    match (rows.len(), failed) {
        (0, _) => println!("Nothing is due."),
        (_, 0) => print(&rows),
        (all, failed) => {
            print(&rows);
            bail!(
                "{failed} of {all} were not renewed; why is told above. What may pass is tried again by itself."
            );
        }
    }
    Ok(())
}

async fn look(app: &App, due: &Due) -> Result<Connection> {
    let (workspace, connection) = due.address;
    let mut tx = app.store.in_workspace(workspace).read().await?;
    Ok(connections::get(&mut tx, connection).await?)
}

fn why(connection: &Connection) -> String {
    if connection.refresh_lease_until.is_some() {
        return "was begun and not ended".to_owned();
    }
    match connection.refresh_failures {
        0 => "ends within a week".to_owned(),
        1 => "failed once".to_owned(),
        times => format!("failed {times} times"),
    }
}

fn row(due: &Due, connection: &Connection, last: String) -> [String; 5] {
    [
        printable(&due.workspace_name),
        connection.platform.clone(),
        printable(&connection.name),
        connection
            .expires_at
            .map_or_else(|| "never".to_owned(), minute),
        last,
    ]
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn print(rows: &[[String; 5]]) {
    let headings = HEADINGS.map(str::to_owned);
    let all = || std::iter::once(&headings).chain(rows);
    let width = |column: usize| {
        let lengths = all().map(|row| row[column].chars().count());
        lengths.max().unwrap_or_default()
    };
    let widths = [width(0), width(1), width(2), width(3)];
    for [workspace, platform, account, ends, last] in all() {
        let [first, second, third, fourth] = widths;
        let line = format!(
            "{workspace:first$}  {platform:second$}  {account:third$}  {ends:fourth$}  {last}"
        );
        println!("{}", line.trim_end());
    }
}
