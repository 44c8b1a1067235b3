//! Taking the log along as a file, a page of events at a time, so that a long one needs no more memory than a short one.

use std::sync::Arc;

use bytes::Bytes;
use fanfare_domain::AuditEventId;
use fanfare_store::audit::{AuditFilter, Chain, Chained};
use futures::stream::{self, Stream, StreamExt};
use serde_json::{Value as Json, json};

use super::list::{list_events, list_installation_events};
use crate::{App, Result};

const PAGE: u32 = 500;
const HEADINGS: &str =
    "id,at,actor_id,actor_name,action,subject_kind,subject_id,post_id,detail,place,hash\r\n";

/// What the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets.
    Csv,
    Json,
}

/// Where the file has come to.
struct Progress {
    app: Arc<App>,
    chain: Chain,
    filter: AuditFilter,
    format: Format,
    next: Next,
}

enum Next {
    Page(Option<AuditEventId>),
    Nothing,
}

/// The events of a log that `filter` wants as a file, the newest first. Ends early, with the error, if the database fails.
pub fn export(
    app: Arc<App>,
    chain: Chain,
    filter: AuditFilter,
    format: Format,
) -> impl Stream<Item = Result<Bytes>> + Send + 'static {
    let begin = match format {
        Format::Csv => HEADINGS,
        Format::Json => "[",
    };
    let end = match format {
        Format::Csv => "",
        Format::Json => "\n]\n",
    };
    let progress = Progress {
        app,
        chain,
        filter,
        format,
        next: Next::Page(None),
    };
    let pages = stream::try_unfold(progress, |mut progress| async move {
        let Next::Page(before) = progress.next else {
            return Ok(None);
        };
        let page = progress.page(before).await?;
        let text = progress.text(&page, before.is_none());
        progress.next = match page.last() {
            Some(last) if page.len() == PAGE as usize => Next::Page(Some(last.event.id)),
            _ => Next::Nothing,
        };
        Ok(Some((Bytes::from(text), progress)))
    });
    let whole = |text: &'static str| stream::iter([Ok(Bytes::from_static(text.as_bytes()))]);
    whole(begin).chain(pages).chain(whole(end))
}

impl Progress {
    async fn page(&self, before: Option<AuditEventId>) -> Result<Vec<Chained>> {
        let (app, filter) = (&self.app, &self.filter);
        match self.chain {
            Chain::Workspace(workspace) => list_events(app, workspace, filter, before, PAGE).await,
            Chain::Installation => list_installation_events(app, filter, before, PAGE).await,
        }
    }

    fn text(&self, page: &[Chained], is_first: bool) -> String {
        match self.format {
            Format::Csv => page.iter().map(csv_line).collect(),
            Format::Json => {
                let lines: Vec<String> = page
                    .iter()
                    .map(|line| json_line(line).to_string())
                    .collect();
                match (page.is_empty(), is_first) {
                    (true, _) => String::new(),
                    (false, true) => format!("\n{}", lines.join(",\n")),
                    (false, false) => format!(",\n{}", lines.join(",\n")),
                }
            }
        }
    }
}

/// An event as a file has it.
pub(crate) fn json_line(line: &Chained) -> Json {
    let event = &line.event;
    json!({
        "id": event.id,
        "at": event.at,
        "actor": { "id": event.actor.id, "name": event.actor.name },
        "action": event.action,
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "post_id": event.post_id,
        "detail": event.detail,
        "place": line.seq,
        "hash": line.hash,
    })
}

fn csv_line(line: &Chained) -> String {
    let event = &line.event;
    let id = |id: Option<String>| id.unwrap_or_default();
    let cells = [
        event.id.to_string(),
        event.at.to_string(),
        id(event.actor.id.map(|id| id.to_string())),
        event.actor.name.clone(),
        event.action.clone(),
        event.subject_kind.clone(),
        event.subject_id.clone(),
        id(event.post_id.map(|id| id.to_string())),
        event.detail.to_string(),
        id(line.seq.map(|seq| seq.to_string())),
        line.hash.clone().unwrap_or_default(),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
    cells.join(",") + "\r\n"
}

/// A cell that a spreadsheet shows and does not compute: people choose names, and `=…` would be run by whoever opens the file.
fn csv_cell(text: &str) -> String {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("Ada", r#""Ada""#),
            ("Ada, \"the first\"", r#""Ada, ""the first""""#),
            ("=1+1", r#""'=1+1""#),
            ("+1", r#""'+1""#),
            ("-1", r#""'-1""#),
            ("@SUM(A1)", r#""'@SUM(A1)""#),
            ("\t=1", "\"'\t=1\""),
            ("＝1", r#""'＝1""#),
            ("", r#""""#),
        ] {
            assert_eq!(csv_cell(text), cell);
        }
    }
}
