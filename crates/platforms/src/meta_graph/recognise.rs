//! Telling whether something on the platform is what we sent.

use fanfare_platform_kit::http::Answer;
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};

/// Meta's instants are whole seconds, and an answer's `Date` is as old as its way to us.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// From when on, by the platform's clock, something can be ours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    pub from: Timestamp,
}

impl Window {
    /// What was sent at `sent_at` or later, our clock. The answer's `Date` tells how far ours is off the platform's: a
    /// wrong clock here must not hide a post there.
    pub fn since(sent_at: Timestamp, now: Timestamp, answer: &Answer) -> Self {
        let date = answer
            .header("date")
            .and_then(|date| rfc2822::parse(date).ok());
        let ahead = date.map_or(SignedDuration::ZERO, |date| {
            now.duration_until(date.timestamp())
        });
        let from = sent_at.saturating_add(ahead - TOLERANCE);
        Self {
            from: from.unwrap_or(sent_at),
        }
    }

    pub fn contains(&self, instant: Timestamp) -> bool {
        instant >= self.from
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
        let platform_now = "Fri, 20 Nov 2026 12:00:00 GMT";
        let on_time = Window::since(
            at("2026-11-20T11:59:30Z"),
            at("2026-11-20T12:00:00Z"),
            &answer(Some(platform_now)),
        );
        // Ours runs ten minutes fast.
        let fast = Window::since(
            at("2026-11-20T12:09:30Z"),
            at("2026-11-20T12:10:00Z"),
            &answer(Some(platform_now)),
        );
        assert_eq!(on_time.from, at("2026-11-20T11:58:30Z"));
        assert_eq!(on_time, fast);
        let untold = Window::since(
            at("2026-11-20T11:59:30Z"),
            at("2026-11-20T12:00:00Z"),
            &answer(None),
        );
        assert_eq!(untold, on_time);
        assert!(on_time.contains(at("2026-11-20T11:58:30Z")));
        assert!(!on_time.contains(at("2026-11-20T11:58:29Z")));
    }
}
