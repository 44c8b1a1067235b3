//! The public pages that the law or good manners ask for: privacy and terms.
//!
//! Each has a text of Fanfare's own, which names whoever runs the installation; an administrator may replace it.

use std::fmt;
use std::str::FromStr;

use fanfare_domain::{Action, ErrorCode};
use fanfare_store::audit::{self, AuditEvent};
use fanfare_store::pages::{self, Replacement};
use jiff::Timestamp;

use crate::audit::event;
use crate::{App, AppError, Caller, Result};

/// So many characters make some forty printed sides.
const LONGEST: usize = 100_000;

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Privacy,
    Terms,
}

/// A language in which Fanfare has texts of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    Spanish,
}

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    pub page: Page,
    /// Markdown without HTML.
    pub text: String,
    /// When it was replaced, and by whom, if they are still here; absent while it is Fanfare's own text.
    pub replaced: Option<(Timestamp, Option<String>)>,
}

/// Whoever runs the installation, as its public pages call them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operator {
    /// A person, a club, a company. Absent, the installation's address stands for them.
    pub name: Option<String>,
    /// An e-mail address or the address of a page.
    pub contact: Option<String>,
}

/// Anybody may read.
pub async fn read(app: &App, page: Page, language: Language) -> Result<PageText> {
    let mut tx = app
        .store
        .as_system("public pages belong to the installation")
        .read()
        .await?;
    let replacement = pages::get(&mut tx, page.name()).await?;
    Ok(match replacement {
        Some(replacement) => replaced(page, replacement),
        None => PageText {
            page,
            text: own_text(app, page, language),
            replaced: None,
        },
    })
}

/// Puts another text in place of Fanfare's own, in all languages.
///
/// # Errors
/// `forbidden` for all but administrators, `invalid_input`.
pub async fn replace(app: &App, caller: &Caller, page: Page, text: &str) -> Result<PageText> {
    caller.require(Action::InstallationManage)?;
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 {
        let detail = "Write a text. To have Fanfare's own text back, restore the default.";
        return Err(AppError::invalid_field("text", ErrorCode::Required, detail));
    }
    if length > LONGEST {
        let detail = format!("The text has {length} characters; at most {LONGEST} are taken.");
        return Err(AppError::invalid_field("text", ErrorCode::TooLong, detail));
    }
    let replacement = Replacement {
        text: text.to_owned(),
        updated_at: app.now(),
        updated_by: Some(caller.name.clone()),
    };
    let mut tx = app
        .store
        .as_system("public pages belong to the installation")
        .write()
        .await?;
    let at = replacement.updated_at;
    pages::put(&mut tx, page.name(), text, caller.user, at).await?;
    let event = happened(app, caller, page, "page.replaced");
    audit::record_for_installation(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(replaced(page, replacement))
}

/// Takes a replaced text away, so that Fanfare's own is shown again. It is no error if there is none.
///
/// # Errors
/// `forbidden` for all but administrators.
pub async fn restore(app: &App, caller: &Caller, page: Page) -> Result<()> {
    caller.require(Action::InstallationManage)?;
    let mut tx = app
        .store
        .as_system("public pages belong to the installation")
        .write()
        .await?;
    let was_replaced = pages::remove(&mut tx, page.name()).await?;
    if was_replaced {
        let event = happened(app, caller, page, "page.restored");
        audit::record_for_installation(&mut tx, &event).await?;
    }
    Ok(tx.commit().await?)
}

fn replaced(page: Page, replacement: Replacement) -> PageText {
    PageText {
        page,
        text: replacement.text,
        replaced: Some((replacement.updated_at, replacement.updated_by)),
    }
}

fn happened(app: &App, caller: &Caller, page: Page, action: &str) -> AuditEvent {
    event(
        app.now(),
        caller.actor(),
        action,
        ("page", page),
        serde_json::json!({}),
    )
}

/// Fanfare's own text, with the installation's address and whoever runs it filled in.
fn own_text(app: &App, page: Page, language: Language) -> String {
    let Operator { name, contact } = &app.config.operator;
    let host = app
        .config
        .public_url
        .host_str()
        .unwrap_or("this installation");
    let contact = contact.as_deref().unwrap_or(match language {
        Language::English => "the person who gave you the address of this installation",
        Language::Spanish => "la persona que te dio la dirección de esta instalación",
    });
    let text = match (page, language) {
        (Page::Privacy, Language::English) => include_str!("pages/privacy.en.md"),
        (Page::Privacy, Language::Spanish) => include_str!("pages/privacy.es.md"),
        (Page::Terms, Language::English) => include_str!("pages/terms.en.md"),
        (Page::Terms, Language::Spanish) => include_str!("pages/terms.es.md"),
    };
    text.trim()
        .replace("{name}", name.as_deref().unwrap_or(host))
        .replace("{contact}", contact)
        .replace(
            "{address}",
            app.config.public_url.as_str().trim_end_matches('/'),
        )
}

impl Page {
    fn name(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::Terms => "terms",
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Page {
    type Err = ();

    fn from_str(name: &str) -> std::result::Result<Self, ()> {
        [Self::Privacy, Self::Terms]
            .into_iter()
            .find(|page| page.name() == name)
            .ok_or(())
    }
}

impl Language {
    /// Of a tag such as `es` or `es-MX`; English for every language that there is no text in.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        if language.eq_ignore_ascii_case("es") {
            Self::Spanish
        } else {
            Self::English
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_tag() {
        for (tag, language) in [
            ("es", Language::Spanish),
            ("es-MX", Language::Spanish),
            ("ES", Language::Spanish),
            ("en-GB", Language::English),
            ("est", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn pages_are_named_as_they_are_written() {
        for page in [Page::Privacy, Page::Terms] {
            assert_eq!(page.to_string().parse(), Ok(page));
        }
        assert_eq!("imprint".parse::<Page>(), Err(()));
    }
}
