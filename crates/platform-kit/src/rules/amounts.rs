//! Numbers as people read them. Where two would look alike although they differ, both get more digits.

/// `1,234,567`.
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 character`, `2 characters`.
pub(super) fn counted(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// A size and its limit, in the same unit.
pub(super) fn sizes(bytes: u64, limit: u64) -> (String, String) {
    apart(bytes, limit, |value, digits| match value {
        0..1_000 => counted(value, "byte", "bytes"),
        _ if digits > 3 => counted(value, "byte", "bytes"),
        1_000..1_000_000 => format!("{} kB", decimal(value as f64 / 1e3, digits)),
        1_000_000..1_000_000_000 => format!("{} MB", decimal(value as f64 / 1e6, digits)),
        _ => format!("{} GB", decimal(value as f64 / 1e9, digits)),
    })
}

/// Pixels and their limit.
pub(super) fn pixels(count: u64, limit: u64) -> (String, String) {
    apart(count, limit, |value, digits| match value {
        _ if digits > 3 => counted(value, "pixel", "pixels"),
        1_000_000.. => format!("{} million pixels", decimal(value as f64 / 1e6, digits)),
        _ => counted(value, "pixel", "pixels"),
    })
}

/// A shape and its limit, as `1.91 : 1`.
pub(super) fn ratios(ratio: f64, limit: f64) -> (String, String) {
    apart(ratio, limit, |value, digits| {
        format!("{} : 1", decimal(value, digits + 1))
    })
}

/// A length and its limit, as `1 min 15 s`.
pub(super) fn durations(millis: u64, limit: u64) -> (String, String) {
    apart(millis, limit, |value, digits| {
        let (minutes, rest) = (value / 60_000, value % 60_000);
        let seconds = decimal(rest as f64 / 1e3, digits - 1);
        match minutes {
            0 => format!("{seconds} s"),
            _ if rest == 0 => format!("{minutes} min"),
            _ => format!("{minutes} min {seconds} s"),
        }
    })
}

/// Writes both with as few digits as tell them apart.
fn apart<T: Copy>(value: T, limit: T, write: impl Fn(T, usize) -> String) -> (String, String) {
    (1..=4)
        .map(|digits| (write(value, digits), write(limit, digits)))
        .find(|(value, limit)| value != limit)
        .unwrap_or_else(|| (write(value, 5), write(limit, 5)))
}

/// With at most so many digits behind the point, and none for nothing.
fn decimal(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(value: &str, limit: &str) -> (String, String) {
        (value.to_owned(), limit.to_owned())
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(counted(1, "file", "files"), "1 file");
        assert_eq!(sizes(12_400_000, 8_000_000), pair("12.4 MB", "8 MB"));
        assert_eq!(sizes(1_040_000, 1_000_000), pair("1.04 MB", "1 MB"));
        assert_eq!(
            sizes(1_000_001, 1_000_000),
            pair("1,000,001 bytes", "1,000,000 bytes")
        );
        assert_eq!(
            sizes(16_777_217, 16_777_216),
            pair("16,777,217 bytes", "16,777,216 bytes")
        );
        assert_eq!(
            pixels(40_200_000, 33_177_600),
            pair("40.2 million pixels", "33.2 million pixels")
        );
        assert_eq!(ratios(2.4, 1.91), pair("2.4 : 1", "1.91 : 1"));
        assert_eq!(ratios(1.914, 1.91), pair("1.914 : 1", "1.91 : 1"));
        assert_eq!(ratios(0.5, 0.8), pair("0.5 : 1", "0.8 : 1"));
        assert_eq!(durations(75_000, 60_000), pair("1 min 15 s", "1 min"));
        assert_eq!(durations(2_400, 3_000), pair("2 s", "3 s"));
        assert_eq!(durations(2_900, 3_000), pair("2.9 s", "3 s"));
    }
}
