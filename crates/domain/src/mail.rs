//! E-mail: what is sent, and the port by which it leaves.

use std::fmt;

use async_trait::async_trait;

use crate::named;

/// One message to one person, ready to leave.
#[derive(Debug, Clone)]
pub struct OutgoingMail {
    /// Stays the same however often it is tried, so that whoever gets it twice sees one message.
    pub id: String,
    pub from: MailSender,
    pub to: String,
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// Whom messages come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSender {
    pub name: String,
    pub address: String,
}

named! {
    /// What became of a message.
    pub enum MailStatus {
        Queued = "queued",
        Sent = "sent",
        Failed = "failed",
        /// The address takes no mail.
        Bounced = "bounced",
        /// Not tried, because the address took no mail before.
        Suppressed = "suppressed",
    }
}

/// Carries messages away: an SMTP server, SendGrid.
#[async_trait]
pub trait MailTransport: Send + Sync {
    /// As operators call it: `smtp`, `sendgrid`.
    fn name(&self) -> &'static str;

    /// Hands one message over.
    ///
    /// # Errors
    /// Whether another attempt may help. A lost answer is [`MailFailure::Later`]: the message may then come twice, under one id.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailFailure>;

    /// Whether messages could be handed over now, without sending one.
    ///
    /// # Errors
    /// In words for the operator.
    async fn check(&self) -> Result<(), MailFailure>;
}

/// Why a message was not taken. Each carries what the other side said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailFailure {
    /// May pass by itself.
    #[error("{0}")]
    Later(String),
    /// The address takes no mail.
    #[error("{0}")]
    Bounced(String),
    /// This message will never be taken.
    #[error("{0}")]
    Refused(String),
    /// No message will be taken before the operator mends the settings.
    #[error("{0}")]
    Settings(String),
}

impl MailSender {
    /// Reads `name@example.com` or `Name <name@example.com>`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"'), address.trim()),
            None => ("Fanfare", text),
        };
        let (local, domain) = address.rsplit_once('@')?;
        let is_plain = !text.contains(|c: char| c.is_control());
        let is_whole = !local.is_empty() && !domain.is_empty() && !address.contains([' ', '<']);
        (is_plain && is_whole && !name.is_empty()).then(|| Self {
            name: name.to_owned(),
            address: address.to_owned(),
        })
    }
}

impl fmt::Display for MailSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} <{}>", self.name, self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        let read = |text: &str| MailSender::parse(text).map(|sender| sender.to_string());
        assert_eq!(read("a@b.co").as_deref(), Some("Fanfare <a@b.co>"));
        assert_eq!(read(" Ada M <a@b.co> ").as_deref(), Some("Ada M <a@b.co>"));
        for wrong in [
            "",
            "ada",
            "@b.co",
            "a@",
            "<a@b.co>",
            "A <a b@c.de>",
            "A\nBcc: <a@b.co>",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
