//! Messages that mail servers send back: delivery status notifications (RFC 3464).

use std::borrow::Cow;

use fanfare_domain::mail::{Fate, MailReport};
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders as _};

use super::says_no_such_mailbox;

/// A notice is a page of text and, at most, one message of ours: nothing longer is read.
pub const LONGEST_NOTICE: usize = 1024 * 1024;
/// A notice carries one message back. Messages within messages within messages are no notice, and cost a parser its stack.
const MOST_INSIDE: usize = 20;
const LONGEST_WORDS: usize = 300;

/// Why a message tells nothing of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoNotice {
    #[error("the message is longer than {} KiB", LONGEST_NOTICE / 1024)]
    TooLong,
    #[error("it is no message with a header")]
    Unreadable,
    #[error(
        "it is no delivery status notification (multipart/report with the report-type delivery-status)"
    )]
    OtherKind,
    #[error("it is a delivery status notification that names no recipient")]
    Empty,
}

/// What a message tells of one that was sent before: one report for each recipient of whom it tells an end, or that it is late.
///
/// # Errors
/// When it is no delivery status notification.
pub fn read_notice(raw: &[u8]) -> Result<Vec<MailReport>, NoNotice> {
    if raw.len() > LONGEST_NOTICE {
        return Err(NoNotice::TooLong);
    }
    if messages_inside(raw) > MOST_INSIDE {
        return Err(NoNotice::OtherKind);
    }
    let notice = MessageParser::new()
        .parse(without_envelope(raw))
        .ok_or(NoNotice::Unreadable)?;
    let status = status_part(&notice).ok_or(NoNotice::OtherKind)?;
    let text = String::from_utf8_lossy(status.contents());
    let groups: Vec<Fields> = groups(&text).map(Fields).collect();
    let recipients: Vec<(&Fields, String)> = groups
        .iter()
        .filter_map(|group| Some((group, recipient(group)?)))
        .collect();
    if recipients.is_empty() {
        return Err(NoNotice::Empty);
    }
    let message = message_id(&notice, &groups);
    let reports = recipients
        .into_iter()
        .filter_map(|(group, to)| report(group, to, message.as_deref()));
    Ok(reports.collect())
}

/// Servers that write mailboxes put a line before what they hand to a program.
fn without_envelope(raw: &[u8]) -> &[u8] {
    match raw.starts_with(b"From ") {
        true => raw.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or(b""),
        false => raw,
    }
}

fn messages_inside(raw: &[u8]) -> usize {
    let name = b"message/";
    raw.windows(name.len())
        .filter(|bytes| bytes.eq_ignore_ascii_case(name))
        .count()
}

fn status_part<'a>(notice: &'a Message<'_>) -> Option<&'a MessagePart<'a>> {
    let kind = notice.content_type()?;
    let is_report = kind.ctype().eq_ignore_ascii_case("multipart")
        && is(kind.subtype(), &["report"])
        && is(
            kind.attribute("report-type"),
            &["delivery-status", "global-delivery-status"],
        );
    let is_status = |part: &&MessagePart<'_>| {
        has_kind(
            part,
            "message",
            &["delivery-status", "global-delivery-status"],
        )
    };
    is_report.then(|| notice.parts.iter().find(is_status))?
}

fn has_kind(part: &MessagePart<'_>, main: &str, subs: &[&str]) -> bool {
    part.content_type()
        .is_some_and(|kind| kind.ctype().eq_ignore_ascii_case(main) && is(kind.subtype(), subs))
}

fn is(found: Option<&str>, any: &[&str]) -> bool {
    found.is_some_and(|found| any.iter().any(|one| found.eq_ignore_ascii_case(one)))
}

/// The fields of the message, and then those of each recipient, stand apart by empty lines.
fn groups(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.lines().map(str::trim_end);
    std::iter::from_fn(move || {
        let first = lines.find(|line| !line.is_empty())?;
        let rest = lines.by_ref().take_while(|line| !line.is_empty());
        let lines: Vec<&str> = std::iter::once(first).chain(rest).collect();
        Some(lines.join("\n") + "\n\n")
    })
}

/// One group of fields. They are written like the header of a message.
struct Fields(String);

impl Fields {
    fn get(&self, name: &'static str) -> Option<String> {
        let header = MessageParser::new().parse_headers(self.0.as_bytes())?;
        let text = header.header(name)?.as_text()?;
        Some(on_one_line(text))
    }
}

/// The address that was written to; the final one is where forwarding led.
fn recipient(group: &Fields) -> Option<String> {
    let mut names = ["Original-Recipient", "Final-Recipient"].into_iter();
    names.find_map(|name| address(&group.get(name)?))
}

fn report(group: &Fields, to: String, message: Option<&str>) -> Option<MailReport> {
    let status = group.get("Status").unwrap_or_default();
    let said = group.get("Diagnostic-Code").unwrap_or_default();
    // What stands before the semicolon names the protocol.
    let said = said.split_once(';').map_or(said.as_str(), |(_, said)| said);
    let words = match said.trim() {
        "" => status.as_str(),
        said => said,
    };
    Some(MailReport {
        message: message.map(str::to_owned),
        to,
        fate: fate(&group.get("Action")?, &status, said)?,
        words: words.chars().take(LONGEST_WORDS).collect(),
    })
}

/// `rfc822; ada@example.com`, or with another kind of address.
fn address(field: &str) -> Option<String> {
    let address = field.split_once(';').map_or(field, |(_, address)| address);
    let bare = address.trim().trim_matches(['<', '>']).to_lowercase();
    bare.contains('@').then_some(bare)
}

/// None of what is said of a message that only went on to another server.
fn fate(action: &str, status: &str, said: &str) -> Option<Fate> {
    let action = action.split([' ', '(']).next().unwrap_or_default();
    match action.to_ascii_lowercase().as_str() {
        "failed" if is_no_such_mailbox(status, said) => Some(Fate::Bounced),
        "failed" => Some(Fate::Blocked),
        "delayed" => Some(Fate::Delayed),
        "delivered" => Some(Fate::Delivered),
        _ => None,
    }
}

fn is_no_such_mailbox(status: &str, said: &str) -> bool {
    // Some servers say no more than that it failed, and leave the rest to the words of the other one.
    let is_vague = status.is_empty() || status.contains(".0.0");
    says_no_such_mailbox(if is_vague { said } else { status })
}

/// What stands before the `@` of the Message-ID: that of the message that came back, or, where none did, that which is named elsewhere.
fn message_id(notice: &Message<'_>, groups: &[Fields]) -> Option<String> {
    let returned = || notice.parts.iter().find_map(id_of_returned);
    let named = || {
        let mut ids = groups.iter();
        ids.find_map(|group| group.get("X-Original-Message-ID"))
    };
    let answered = |field: &HeaderValue<'_>| last_text(field).map(str::to_owned);
    let whole = returned()
        .or_else(named)
        .or_else(|| answered(notice.in_reply_to()))
        .or_else(|| answered(notice.references()))?;
    let bare = whole.trim_matches(['<', '>', ' ']);
    Some(bare.split('@').next().unwrap_or_default().to_owned())
}

fn id_of_returned(part: &MessagePart<'_>) -> Option<String> {
    if let Some(message) = part.message() {
        return message.message_id().map(str::to_owned);
    }
    let is_header = has_kind(part, "text", &["rfc822-headers"])
        || has_kind(part, "message", &["global-headers", "rfc822", "global"]);
    if !is_header {
        return None;
    }
    let text = String::from_utf8_lossy(part.contents()) + "\n\n";
    let header = MessageParser::new().parse_headers(text.as_bytes())?;
    header.message_id().map(str::to_owned)
}

fn last_text<'a>(field: &'a HeaderValue<'_>) -> Option<&'a str> {
    let last = field.as_text_list().and_then(<[Cow<'_, str>]>::last);
    last.map(AsRef::as_ref).or_else(|| field.as_text())
}

fn on_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
