//! Whose drive it is, and what lies in it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::contents::{self, ENTRIES, Entry, FOLDER, PICTURE_SIZE, SHORTCUT, TOP};
use super::download::Piece;
use super::error::GoogleError;
use super::fields::pick;
use super::query::{self, Wanted};
use super::{Answer, Reply};
use crate::call::Call;
use crate::cast::GoogleAccount;
use crate::pages::avatar;
use crate::state::World;

const ORDER: &str = "folder,name_natural";
/// What is told of a file unless more is named.
const FILE_FIELDS: &str = "kind,id,name,mimeType";
const LIST_FIELDS: &str = "kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)";
/// What tokens for the next page begin with.
const CURSOR: &str = "~!!~";

/// `GET /drive/v3/about`.
pub fn about(world: &World, account: &GoogleAccount, call: &Call) -> Answer {
    let fields = call.params.get("fields").ok_or_else(|| {
        let message = "The 'fields' parameter is required for this method.";
        GoogleError::new(400, "required", message).about("fields")
    })?;
    let whole = json!({ "kind": "drive#about", "user": {
        "kind": "drive#user", "displayName": account.name, "emailAddress": account.email,
        "permissionId": account.id, "photoLink": avatar::address(world, account.id),
    } });
    pick(&whole, fields).map(Reply::Json)
}

/// `GET /drive/v3/files`.
pub fn list(call: &Call) -> Answer {
    let text = call.params.get("q").unwrap_or_default();
    let wanted = query::read(text).ok_or_else(|| GoogleError::invalid("q"))?;
    if call
        .params
        .get("orderBy")
        .is_some_and(|order| order != ORDER)
    {
        return Err(GoogleError::invalid("orderBy"));
    }
    let (from, size) = (first_place(call)?, page_size(call)?);
    let found = look_for(&wanted)?;
    let next = from.saturating_add(size);
    let files = found.iter().copied().skip(from).take(size).map(shown);
    let mut whole = json!({
        "kind": "drive#fileList", "incompleteSearch": false, "files": files.collect::<Vec<_>>(),
    });
    if next < found.len() {
        let cursor = URL_SAFE_NO_PAD.encode(next.to_string());
        whole["nextPageToken"] = format!("{CURSOR}{cursor}").into();
    }
    let fields = call.params.get("fields").unwrap_or(LIST_FIELDS);
    pick(&whole, fields).map(Reply::Json)
}

/// `GET /drive/v3/files/{id}`.
pub fn read(id: &str, call: &Call) -> Answer {
    let entry = contents::find(id).ok_or_else(|| GoogleError::file_not_found(id))?;
    let fields = call.params.get("fields").unwrap_or(FILE_FIELDS);
    pick(&shown(entry), fields).map(Reply::Json)
}

/// `GET /drive/v3/files/{id}?alt=media`.
pub fn bytes(id: &str, call: &Call) -> Result<Piece, GoogleError> {
    let entry = contents::find(id).ok_or_else(|| GoogleError::file_not_found(id))?;
    let content = entry.content().ok_or_else(GoogleError::not_downloadable)?;
    Piece::of(entry.mime(), &content.bytes, call.header("range"))
}

fn first_place(call: &Call) -> Result<usize, GoogleError> {
    let Some(cursor) = call.params.get("pageToken") else {
        return Ok(0);
    };
    let place = cursor.strip_prefix(CURSOR).and_then(|place| {
        let place = URL_SAFE_NO_PAD.decode(place).ok()?;
        String::from_utf8(place).ok()?.parse().ok()
    });
    place.ok_or_else(|| GoogleError::invalid("pageToken"))
}

fn page_size(call: &Call) -> Result<usize, GoogleError> {
    let asked = call.params.get("pageSize").unwrap_or("100");
    let size = asked.parse().ok().filter(|size| (1..=1_000).contains(size));
    size.ok_or_else(|| GoogleError::invalid("pageSize"))
}

/// Folders first, each in the order of names.
fn look_for(wanted: &Wanted) -> Result<Vec<&'static Entry>, GoogleError> {
    let all = ENTRIES.iter().filter(|entry| is_shown(entry.mime()));
    let mut found: Vec<_> = match wanted {
        Wanted::In(folder) => {
            let folder = folder_of(folder)?;
            all.filter(|entry| entry.parent == folder).collect()
        }
        Wanted::Named(words) => all.filter(|entry| is_named(entry.name, words)).collect(),
    };
    found.sort_by_cached_key(|entry| (!entry.is_folder(), natural(entry.name)));
    Ok(found)
}

fn folder_of(id: &str) -> Result<&str, GoogleError> {
    if id == "root" {
        return Ok(TOP);
    }
    let is_known = id == TOP || contents::find(id).is_some();
    // Drive leaves out which.
    is_known
        .then_some(id)
        .ok_or_else(|| GoogleError::file_not_found(""))
}

/// Whether a query of Fanfare's names files of that kind.
fn is_shown(mime: &str) -> bool {
    let is_media = mime.starts_with("image/") || mime.starts_with("video/");
    is_media || mime == FOLDER || mime == SHORTCUT
}

/// Whether each of the words begins some word of the name.
fn is_named(name: &str, words: &str) -> bool {
    let name = words_of(name);
    words_of(words)
        .iter()
        .all(|word| name.iter().any(|other| other.starts_with(word.as_str())))
}

fn words_of(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A name cut into words and the numbers behind them, so that 2 comes before 10.
fn natural(name: &str) -> Vec<(String, u32)> {
    let mut parts = vec![(String::new(), 0_u32)];
    let mut is_in_number = false;
    for letter in name.to_lowercase().chars() {
        let digit = letter.to_digit(10);
        if is_in_number && digit.is_none() {
            parts.push((String::new(), 0));
        }
        is_in_number = digit.is_some();
        if let Some((word, number)) = parts.last_mut() {
            match digit {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(digit),
                None => word.push(letter),
            }
        }
    }
    parts
}

/// Everything that is told of a file.
fn shown(entry: &'static Entry) -> Value {
    let mut file = json!({
        "kind": "drive#file", "id": entry.id, "name": entry.name, "mimeType": entry.mime(),
        "parents": [entry.parent], "trashed": false,
        "createdTime": entry.modified_at, "modifiedTime": entry.modified_at,
    });
    if let Some(content) = entry.content() {
        file["size"] = content.bytes.len().to_string().into();
        file["md5Checksum"] = content.md5.as_str().into();
    }
    if entry.mime().starts_with("image/") {
        let (width, height) = PICTURE_SIZE;
        file["imageMediaMetadata"] = json!({ "width": width, "height": height });
    }
    if let Some(target) = entry.target() {
        file["shortcutDetails"] = json!({ "targetId": target.id, "targetMimeType": target.mime() });
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wanted: &Wanted) -> Vec<&'static str> {
        let found = look_for(wanted).unwrap();
        found.into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn folders_come_first_and_numbers_count() {
        let top = names(&Wanted::In("root".to_owned()));
        assert_eq!(
            top,
            [
                "Autumn pictures",
                "Old",
                "Videos",
                "Logo.png",
                "Opening hours.png"
            ]
        );
        let buns = names(&Wanted::Named("BUNS".to_owned()));
        assert_eq!(buns, ["Pumpkin buns 2.jpg", "Pumpkin buns 10.jpg"]);
    }

    #[test]
    fn a_search_goes_by_the_beginnings_of_words_everywhere() {
        for (words, found) in [
            ("logo", &["Logo.png", "Our logo"][..]),
            ("Ann's lo", &["Ann's birthday loaf.jpg"]),
            ("ogo", &[]),
            ("old", &["Old", "The old counter.jpg"]),
            ("price", &[]),
        ] {
            assert_eq!(names(&Wanted::Named(words.to_owned())), found, "{words}");
        }
    }
}
