//! From a kind of message and what it is about to the text that is sent.

use fanfare_domain::ErrorCode;
use fanfare_store::mail_templates::MailTemplate;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};
use serde_json::Value as Json;

use super::words::{Text, Words};
use crate::FieldError;

const LAYOUT: &str = include_str!("layout.html");
/// Steps that a template may take: enough for any message, and an end to one that runs in circles.
const FUEL: u64 = 100_000;
const LONGEST_SUBJECT: usize = 200;

/// A message as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// The template that we bring with us.
pub(super) fn ours(words: &Words, language: &str) -> MailTemplate {
    let text: &Text = words.text(language);
    MailTemplate {
        name: words.name.to_owned(),
        language: language.to_owned(),
        subject: text.subject.to_owned(),
        html: text.html(),
        text: text.plain(),
    }
}

/// Fills a template in.
///
/// # Errors
/// Which part is wrong, where and why.
pub(super) fn render(
    template: &MailTemplate,
    values: &Json,
    place: &str,
) -> Result<Rendered, FieldError> {
    let subject = fill("subject", &template.subject, values, AutoEscape::None)?;
    let subject = one_line(&subject);
    let content = fill("html", &template.html, values, AutoEscape::Html)?;
    let text = fill("text", &template.text, values, AutoEscape::None)?;
    let whole = minijinja::context! {
        language => &template.language,
        subject => &subject,
        content => Value::from_safe_string(content),
        footer => footer(&template.language, place),
    };
    let html = environment(AutoEscape::Html)
        .render_str(LAYOUT, whole)
        .map_err(|error| wrong("html", &error))?;
    Ok(Rendered {
        subject,
        html,
        text,
    })
}

fn fill(
    field: &str,
    source: &str,
    values: &Json,
    escape: AutoEscape,
) -> Result<String, FieldError> {
    environment(escape)
        .render_str(source, Value::from(Serde(values)))
        .map_err(|error| wrong(field, &error))
}

fn environment(escape: AutoEscape) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(move |_| escape.clone());
    // A misspelt variable is an error before anything is sent, not a gap in what somebody reads.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment
}

/// A subject is one line: a line break in it would begin another header.
fn one_line(subject: &str) -> String {
    let words: Vec<&str> = subject.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST_SUBJECT).collect()
}

fn footer(language: &str, place: &str) -> String {
    match language {
        "es" => format!("Enviado por Fanfare en {place}."),
        _ => format!("Sent by Fanfare at {place}."),
    }
}

fn wrong(field: &str, error: &Error) -> FieldError {
    let place = error
        .line()
        .map_or_else(String::new, |line| format!("Line {line}: "));
    let why = error
        .detail()
        .map_or_else(|| error.kind().to_string(), str::to_owned);
    FieldError::new(field, ErrorCode::TemplateInvalid, format!("{place}{why}."))
}

#[cfg(test)]
mod tests {
    use super::super::words::{LANGUAGES, all};
    use super::*;

    /// Something for each variable, and something that must not stay as it is.
    fn values(words: &Words) -> Json {
        let pairs = words.variables.iter().map(|name| {
            let value = format!("<{name}> & more\r\nBcc: x@example.com");
            let value = match *name {
                "lines" => serde_json::json!([{ "text": value, "url": "https://fanfare.example" }]),
                _ => Json::String(value),
            };
            ((*name).to_owned(), value)
        });
        Json::Object(pairs.collect())
    }

    #[test]
    fn every_message_of_ours_fills_in_and_escapes_what_it_is_given() {
        for words in all() {
            for language in LANGUAGES {
                let template = ours(words, language);
                let rendered = render(&template, &values(words), "fanfare.example").unwrap();
                assert!(!rendered.subject.contains(['\r', '\n']), "{rendered:?}");
                for name in words.variables {
                    assert!(
                        !rendered.html.contains(&format!("<{name}>")),
                        "{} {language}: {name} is not escaped",
                        words.name
                    );
                    assert!(
                        rendered.text.contains(&format!("<{name}>"))
                            || rendered.subject.contains(&format!("<{name}>")),
                        "{} {language}: {name} is not used",
                        words.name
                    );
                }
            }
        }
    }

    #[test]
    fn a_mistake_names_its_part_and_line() {
        let template = MailTemplate {
            name: "test".to_owned(),
            language: "en".to_owned(),
            subject: "Hello".to_owned(),
            html: "<p>\n{{ sendr }}</p>".to_owned(),
            text: "{{ sender".to_owned(),
        };
        let values = serde_json::json!({ "sender": "Ada" });
        let wrong = render(&template, &values, "here").unwrap_err();
        assert_eq!(wrong.field, "html");
        assert!(wrong.detail.starts_with("Line 2: "), "{}", wrong.detail);
        let mended = MailTemplate {
            html: "<p>{{ sender }}</p>".to_owned(),
            ..template
        };
        assert_eq!(render(&mended, &values, "here").unwrap_err().field, "text");
    }

    #[test]
    fn a_template_that_never_ends_is_stopped() {
        let template = MailTemplate {
            name: "test".to_owned(),
            language: "en".to_owned(),
            subject: "x".to_owned(),
            html: "{% for a in range(9000) %}{% for b in range(9000) %}x{% endfor %}{% endfor %}"
                .to_owned(),
            text: "x".to_owned(),
        };
        assert!(render(&template, &serde_json::json!({}), "here").is_err());
    }
}
