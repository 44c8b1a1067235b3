//! Sizes in words, and the refusals that need them.

use fanfare_domain::ErrorCode;

use crate::error::{AppError, RefusalKind};

/// `file_too_large`, naming the limit.
pub(super) fn too_large(what: &str, limit: u64) -> AppError {
    AppError::refused(
        RefusalKind::TooLarge,
        ErrorCode::FileTooLarge,
        format!(
            "{what} is larger than {}, the most that is taken. Make it smaller and upload it again.",
            words(limit)
        ),
    )
}

/// `empty_file`.
pub(super) fn empty() -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::EmptyFile,
        "The file has no content. Look whether it was saved or copied to its end, and upload it again.",
    )
}

/// A size as people say it.
pub(super) fn words(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)];
    let Some((unit, size)) = UNITS.into_iter().find(|(_, size)| bytes >= *size) else {
        return format!("{bytes} bytes");
    };
    let tenths = bytes / (size / 10);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {unit}"),
        (whole, tenth) => format!("{whole}.{tenth} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn sizes_read_well() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (1_000, "1000 bytes"),
            (1 << 10, "1 kB"),
            (8 << 20, "8 MB"),
            (1 << 30, "1 GB"),
            (5 << 29, "2.5 GB"),
        ] {
            assert_eq!(words(bytes), text);
        }
    }
}
