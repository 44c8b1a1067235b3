//! Texts of messages that an administrator changed. Those that nobody changed are in the program.

use jiff::Timestamp;

use crate::{Result, Row, SystemTx, Tx, binds, sql};

/// One changed text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailTemplate {
    pub name: String,
    pub language: String,
    pub subject: String,
    pub html: String,
    pub text: String,
}

pub async fn all(tx: &mut SystemTx) -> Result<Vec<MailTemplate>> {
    tx.all(
        sql!(
            "SELECT name, language, subject, html, text FROM mail_templates ORDER BY name, language"
        ),
        binds![],
        read,
    )
    .await
}

pub async fn get(tx: &mut Tx, name: &str, language: &str) -> Result<Option<MailTemplate>> {
    tx.optional(
        sql!(
            "SELECT name, language, subject, html, text FROM mail_templates WHERE name = $1 AND language = $2"
        ),
        binds![name, language],
        read,
    )
    .await
}

pub async fn put(tx: &mut SystemTx, template: &MailTemplate, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO mail_templates (name, language, subject, html, text, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (name, language) DO UPDATE
             SET subject = excluded.subject, html = excluded.html, text = excluded.text,
                 changed_at = excluded.changed_at"
        ),
        binds![
            &template.name,
            &template.language,
            &template.subject,
            &template.html,
            &template.text,
            now,
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut SystemTx, name: &str, language: &str) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM mail_templates WHERE name = $1 AND language = $2"),
        binds![name, language],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<MailTemplate> {
    Ok(MailTemplate {
        name: row.text("name")?,
        language: row.text("language")?,
        subject: row.text("subject")?,
        html: row.text("html")?,
        text: row.text("text")?,
    })
}
