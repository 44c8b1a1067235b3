//! What is asked of Drive, in its language of queries.

use fanfare_platform_kit::roles::FileQuery;

/// What Drive calls a folder.
pub const FOLDER: &str = "application/vnd.google-apps.folder";
/// What Drive calls a shortcut, whatever it leads to.
pub const SHORTCUT: &str = "application/vnd.google-apps.shortcut";

/// The account's own top, which Drive knows by this name too.
const TOP: &str = "root";

/// The files that are asked for, shortcuts among them: only the answer says where those lead.
pub fn of(wanted: &FileQuery) -> String {
    let search = wanted.search.trim();
    let place = if search.is_empty() {
        let folder = wanted.folder.as_deref().unwrap_or(TOP);
        format!("{} in parents", quoted(folder))
    } else {
        format!("name contains {}", quoted(search))
    };
    let kinds = format!(
        "mimeType = '{FOLDER}' or mimeType contains 'image/' or mimeType contains 'video/' or mimeType = '{SHORTCUT}'"
    );
    format!("{place} and trashed = false and ({kinds})")
}

/// A value between quotes, with those inside it marked.
fn quoted(value: &str) -> String {
    let marked = value.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{marked}'")
}
