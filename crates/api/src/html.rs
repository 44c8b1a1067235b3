//! The few pages that must work without the interface: no script, no style, nothing of the reader's account.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::response::Html;

/// One page. `body` is HTML; whatever is not ours in it has gone through [`escaped`].
pub(crate) fn page(language: &str, title: &str, body: &str) -> Html<String> {
    let title = escaped(title);
    Html(format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\"></head>\
         <body><main><h1>{title}</h1>{body}</main></body></html>"
    ))
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// `es` where the browser asks for Spanish first, else `en`.
pub(crate) fn language(headers: &HeaderMap) -> &'static str {
    let wanted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if wanted.trim_start().to_lowercase().starts_with("es") {
        "es"
    } else {
        "en"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_no_markup() {
        let Html(page) = page("en", "<b>\"x\" & y</b>", "");
        assert!(page.contains("&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;"));
        assert!(!page.contains("<b>"));
    }
}
