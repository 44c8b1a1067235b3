//! Which part of a file is asked for (RFC 9110, section 14).

use std::ops::Range;

use axum::http::HeaderMap;
use axum::http::header::{IF_RANGE, RANGE};

/// What to send of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Some(Range<u64>),
    /// There is nothing where it was asked for.
    Nothing,
}

/// Reads `Range`. Several ranges at once, and what cannot be read, get the whole file, as the standard allows; so does whoever has
/// the beginning of another file (`If-Range`).
pub(super) fn part(headers: &HeaderMap, tag: &str, length: u64) -> Part {
    let is_other = headers
        .get(IF_RANGE)
        .is_some_and(|known| known.as_bytes() != tag.as_bytes());
    let asked = headers.get(RANGE).and_then(|value| value.to_str().ok());
    match asked.and_then(|text| text.strip_prefix("bytes=")) {
        Some(text) if !is_other => read(text.trim(), length).unwrap_or(Part::Whole),
        _ => Part::Whole,
    }
}

fn read(text: &str, length: u64) -> Option<Part> {
    let (first, last) = text.split_once('-')?;
    if first.is_empty() {
        let from_end = number(last)?;
        let begin = length.saturating_sub(from_end);
        return Some(if begin == length {
            Part::Nothing
        } else {
            Part::Some(begin..length)
        });
    }
    let begin = number(first)?;
    let end = if last.is_empty() {
        length
    } else {
        number(last)?.saturating_add(1).min(length)
    };
    if begin >= length {
        return Some(Part::Nothing);
    }
    (begin < end).then_some(Part::Some(begin..end))
}

/// Digits alone: `parse` would take a sign as well. More than fit in a number are as good as the end of any file.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(range: &str) -> Part {
        let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_str(range).unwrap())]);
        part(&headers, "\"tag\"", 100)
    }

    #[test]
    fn parts_are_read() {
        let table = [
            ("bytes=0-", Part::Some(0..100)),
            ("bytes=0-0", Part::Some(0..1)),
            ("bytes=10-19", Part::Some(10..20)),
            ("bytes=90-200", Part::Some(90..100)),
            ("bytes=-10", Part::Some(90..100)),
            ("bytes=-200", Part::Some(0..100)),
            ("bytes=99-99999999999999999999999", Part::Some(99..100)),
            ("bytes=100-", Part::Nothing),
            ("bytes=-0", Part::Nothing),
            ("bytes=20-10", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=0-1", Part::Whole),
        ];
        for (text, expected) in table {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn whoever_has_the_beginning_of_another_file_gets_the_whole() {
        let mut headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_static("bytes=5-"))]);
        assert_eq!(part(&headers, "\"tag\"", 100), Part::Some(5..100));
        headers.insert(IF_RANGE, HeaderValue::from_static("\"tag\""));
        assert_eq!(part(&headers, "\"tag\"", 100), Part::Some(5..100));
        headers.insert(IF_RANGE, HeaderValue::from_static("\"other\""));
        assert_eq!(part(&headers, "\"tag\"", 100), Part::Whole);
    }

    #[test]
    fn an_empty_file_has_no_parts() {
        for range in ["bytes=0-", "bytes=-1"] {
            let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_static(range))]);
            assert_eq!(part(&headers, "\"tag\"", 0), Part::Nothing);
        }
    }
}
