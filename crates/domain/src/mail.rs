//! E-mail: what is sent, and the port by which it leaves.

use std::fmt;

use async_trait::async_trait;
use jiff::Timestamp;

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
    /// Where whoever gets it says that they want no more of its kind; absent where nobody is asked, as with security alerts.
    pub unsubscribe: Option<String>,
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

    /// Reads what the other side tells us later about messages that it took, if it proves that it is the one who tells.
    ///
    /// # Errors
    /// When it proves nothing, or never tells anything.
    fn reports(&self, _told: &ReportRequest<'_>) -> Result<Vec<MailReport>, ReportRefused> {
        Err(ReportRefused::NotTaken)
    }
}

/// A request that says what became of messages.
pub struct ReportRequest<'a> {
    /// The headers, by their names in lower case.
    pub header: &'a (dyn Fn(&str) -> Option<&'a str> + Send + Sync),
    /// As it came: signatures are about these very bytes.
    pub body: &'a [u8],
    pub now: Timestamp,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailReport {
    /// [`OutgoingMail::id`]; absent for messages that are not from here.
    pub message: Option<String>,
    pub to: String,
    pub fate: Fate,
    /// The other side's own words; empty when there are none.
    pub words: String,
}

/// How a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    /// The address takes no mail, now or ever.
    Bounced,
    /// This message was not taken; another may be.
    Blocked,
    /// It has not arrived yet, and is still tried.
    Delayed,
    /// It was not even tried, because of what the address said to an earlier one.
    Dropped,
    /// It arrived, and was called spam.
    CalledSpam,
}

named! {
    /// What an address told of itself, for which less or nothing is sent there.
    pub enum Refusal {
        /// It takes no mail.
        Bounced = "bounced",
        /// Its owner called a message spam, or the carrier holds messages to it back. What is about their account's security is still sent.
        Unwanted = "unwanted",
    }
}

/// Why a report was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReportRefused {
    #[error("this way of sending mail tells nothing afterwards")]
    NotTaken,
    #[error("there is no key to verify it by")]
    NoKey,
    #[error("the signature is missing or not right")]
    Signature,
    #[error("the signature is too old")]
    TooOld,
    #[error("it is not readable")]
    Unreadable,
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
