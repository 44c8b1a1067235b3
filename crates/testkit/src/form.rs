//! Reads the one form of a consent page, as a browser would send it untouched.

/// Where it goes, and the fields that are filled in or ticked.
///
/// # Panics
/// If there is no form.
#[must_use]
pub fn of(html: &str) -> (String, Vec<(String, String)>) {
    let form = html
        .split("<form")
        .nth(1)
        .expect("a form")
        .split("</form>")
        .next()
        .unwrap_or_default();
    let action =
        attribute(form.split('>').next().unwrap_or_default(), "action").unwrap_or_default();
    let fields = form
        .split("<input")
        .skip(1)
        .filter_map(|tag| field(tag.split('>').next()?));
    (action, fields.collect())
}

fn field(tag: &str) -> Option<(String, String)> {
    let ticked = matches!(
        attribute(tag, "type").as_deref(),
        Some("checkbox" | "radio")
    );
    if tag.contains(" disabled") || (ticked && !tag.contains(" checked")) {
        return None;
    }
    Some((
        attribute(tag, "name")?,
        attribute(tag, "value").unwrap_or_else(|| "on".to_owned()),
    ))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag
        .split(&format!(" {name}=\""))
        .nth(1)?
        .split('"')
        .next()?;
    Some(
        value
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
            .replace("&#39;", "'"),
    )
}
