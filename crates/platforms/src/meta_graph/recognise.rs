//! Telling whether something on the platform is what we sent.

use fanfare_platform_kit::http::Answer;
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};

/// How much earlier than the call something may seem to have been made: Meta's instants are whole seconds, and an
/// answer's `Date` is as old as its way to us.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(10);
/// The same where only our own clock tells the time.
const TOLERANCE_OF_OUR_CLOCK: SignedDuration = SignedDuration::from_mins(2);

/// When something was sent, by the platform's clock, and from when on something there can be it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    sent_at: Timestamp,
    from: Timestamp,
}

impl Window {
    /// Of what was sent at `sent_at`, our clock. The answer's `Date` tells how far ours is off the platform's: a wrong
    /// clock here must not hide a post there.
    pub fn since(sent_at: Timestamp, now: Timestamp, answer: &Answer) -> Self {
        let date = answer
            .header("date")
            .and_then(|date| rfc2822::parse(date).ok());
        let (ahead, tolerance) = match date {
            Some(date) => (now.duration_until(date.timestamp()), TOLERANCE),
            None => (SignedDuration::ZERO, TOLERANCE_OF_OUR_CLOCK),
        };
        let sent_at = sent_at.saturating_add(ahead).unwrap_or(sent_at);
        Self {
            sent_at,
            from: sent_at.saturating_sub(tolerance).unwrap_or(sent_at),
        }
    }

    pub fn contains(&self, instant: Timestamp) -> bool {
        instant >= self.from
    }

    /// How far from the call something was made.
    pub fn distance(&self, instant: Timestamp) -> SignedDuration {
        self.sent_at.duration_until(instant).abs()
    }
}

/// An instant as Meta writes it: `2026-08-07T12:34:56+0000`.
pub fn moment(text: &str) -> Option<Timestamp> {
    let meta = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", text);
    meta.or_else(|_| text.parse()).ok()
}

/// Whether two texts are the same but for white space, which platforms trim and fold.
pub fn same_text(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanfare_platform_kit::http::Answer;

    fn answer(date: Option<&str>) -> Answer {
        let mut headers = reqwest::header::HeaderMap::new();
        if let Some(date) = date {
            headers.insert("date", date.parse().unwrap());
        }
        Answer {
            status: reqwest::StatusCode::OK,
            headers,
            body: bytes::Bytes::new(),
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn instants_are_read_as_meta_writes_them() {
        let instant = at("2026-08-07T12:34:56Z");
        assert_eq!(moment("2026-08-07T12:34:56+0000"), Some(instant));
        assert_eq!(moment("2026-08-07T14:34:56+0200"), Some(instant));
        assert_eq!(moment("2026-08-07T12:34:56Z"), Some(instant));
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn texts_may_differ_in_white_space_only() {
        assert!(same_text(
            "Fresh bread\r\n\r\nat nine ",
            "Fresh bread\n\nat nine"
        ));
        assert!(same_text("", " \n"));
        assert!(!same_text("Fresh bread", "Freshbread"));
        assert!(!same_text("Fresh bread", "fresh bread"));
    }

    #[test]
    fn a_wrong_clock_here_is_allowed_for() {
        let date = answer(Some("Fri, 20 Nov 2026 12:00:00 GMT"));
        let window = Window::since(
            at("2026-11-20T11:59:30Z"),
            at("2026-11-20T12:00:00Z"),
            &date,
        );
        // Ours runs ten minutes fast.
        let fast = Window::since(
            at("2026-11-20T12:09:30Z"),
            at("2026-11-20T12:10:00Z"),
            &date,
        );
        assert_eq!(window, fast);
        assert!(window.contains(at("2026-11-20T11:59:20Z")));
        assert!(!window.contains(at("2026-11-20T11:59:19Z")));
        assert_eq!(window.distance(at("2026-11-20T11:59:25Z")).as_secs(), 5);
        assert_eq!(window.distance(at("2026-11-20T11:59:35Z")).as_secs(), 5);
    }

    #[test]
    fn without_a_date_our_clock_is_trusted_less() {
        let sent_at = at("2026-11-20T11:59:30Z");
        let window = Window::since(sent_at, at("2026-11-20T12:00:00Z"), &answer(None));
        assert!(window.contains(at("2026-11-20T11:57:30Z")));
        assert!(!window.contains(at("2026-11-20T11:57:29Z")));
    }
}
