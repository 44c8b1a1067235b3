//! Why a use case did not do what was asked.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_store::StoreError;

/// Either a refusal, which the person can act on, or something broken, which only the log may tell.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("{0}")]
    Refused(Box<Refusal>),
    #[error(transparent)]
    Broken(#[from] anyhow::Error),
}

/// A refusal in words, with its stable code.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Refusal {
    pub kind: RefusalKind,
    pub code: ErrorCode,
    /// What happened, what it means, what to do.
    pub detail: String,
    pub fields: Vec<FieldError>,
    /// For whoever runs the installation; never shown to the caller.
    pub log: Option<String>,
}

/// What kind of refusal it is; the API chooses the HTTP status by it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    Invalid,
    NotAuthenticated,
    Forbidden,
    NotFound,
    Conflict,
    TooLarge,
    UnsupportedType,
    TooMany {
        retry_after_seconds: u64,
    },
    /// A platform refused or did not answer.
    Platform,
    /// The database, or what keeps pictures and videos, cannot be used right now.
    Unavailable,
    /// The database gave this up for something else that was under way on the same rows.
    GivenUp,
}

/// What is wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// As the client named it: `email`, `media.0.alt`, `schedule.at`.
    pub field: String,
    pub code: ErrorCode,
    pub detail: String,
}

impl Refusal {
    /// Whether it is no fault of the request: the same may do in a moment.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self.kind, RefusalKind::Unavailable | RefusalKind::GivenUp)
    }
}

impl FieldError {
    pub fn new(field: impl Into<String>, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            code,
            detail: detail.into(),
        }
    }
}

impl AppError {
    pub fn refused(kind: RefusalKind, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::Refused(Box::new(Refusal {
            kind,
            code,
            detail: detail.into(),
            fields: Vec::new(),
            log: None,
        }))
    }

    /// Bad input, with every field that is wrong.
    #[must_use]
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        let detail = match fields.as_slice() {
            [only] => only.detail.clone(),
            several => format!("{} things need mending.", several.len()),
        };
        Self::Refused(Box::new(Refusal {
            kind: RefusalKind::Invalid,
            code: ErrorCode::InvalidInput,
            detail,
            fields,
            log: None,
        }))
    }

    /// Bad input in one field.
    pub fn invalid_field(
        field: impl Into<String>,
        code: ErrorCode,
        detail: impl Into<String>,
    ) -> Self {
        Self::invalid(vec![FieldError::new(field, code, detail)])
    }

    /// `what` as in "There is no such *post*".
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::refused(
            RefusalKind::NotFound,
            ErrorCode::NotFound,
            format!("There is no such {what} in this workspace."),
        )
    }

    /// What a failed look-up of a `what` means: that there is none, or that the database failed.
    pub fn or_missing(what: &'static str) -> impl Fn(StoreError) -> Self {
        move |error| match error {
            StoreError::NotFound => Self::not_found(what),
            other => other.into(),
        }
    }

    /// What keeps pictures and videos fails.
    #[must_use]
    pub fn media_unavailable(error: &std::io::Error) -> Self {
        Self::Refused(Box::new(Refusal {
            kind: RefusalKind::Unavailable,
            code: ErrorCode::MediaUnavailable,
            detail: "Pictures and videos cannot be read or written right now, and nothing was saved. Try again in a minute; if it \
                     stays like this, tell whoever runs this Fanfare."
                .to_owned(),
            fields: Vec::new(),
            log: Some(error.to_string()),
        }))
    }

    pub fn conflict(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::refused(RefusalKind::Conflict, code, detail)
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::refused(
                RefusalKind::NotFound,
                ErrorCode::NotFound,
                "It does not exist, or not in this workspace.",
            ),
            StoreError::Busy(why) => unavailable(
                RefusalKind::Unavailable,
                "Fanfare cannot use its database right now, and nothing was saved. Try again in a moment.",
                why,
            ),
            StoreError::GivenUp(why) => unavailable(
                RefusalKind::GivenUp,
                "Something else was changing the same things at that moment, and nothing was saved. Try again.",
                why,
            ),
            other => Self::Broken(other.into()),
        }
    }
}

fn unavailable(kind: RefusalKind, detail: &str, why: String) -> AppError {
    AppError::Refused(Box::new(Refusal {
        kind,
        code: ErrorCode::Unavailable,
        detail: detail.to_owned(),
        fields: Vec::new(),
        log: Some(why),
    }))
}

impl From<PlatformError> for AppError {
    /// A person waits for the answer, as in connecting. Deliveries keep the platform's error itself.
    fn from(error: PlatformError) -> Self {
        Self::Refused(Box::new(Refusal {
            kind: RefusalKind::Platform,
            detail: while_waited_for(&error).map_or(error.detail, str::to_owned),
            code: error.code,
            fields: Vec::new(),
            log: Some(error.log),
        }))
    }
}

/// Platforms' own words promise that it goes on by itself, which is so for deliveries only.
fn while_waited_for(error: &PlatformError) -> Option<&'static str> {
    match (&error.advice, error.code) {
        (Advice::RateLimited { .. }, _) => Some(
            "The platform allows no more calls for now. Nothing was changed; try again in some minutes.",
        ),
        (Advice::Retry { .. }, ErrorCode::AnswerNotUnderstood) => Some(
            "The platform answered something that makes no sense to us. Nothing was changed; try again, and if it stays \
             like this, look whether the platform has trouble.",
        ),
        (Advice::Refresh, _) => Some(
            "The platform did not accept our access, although it was renewed just now. Try again, and if it stays like \
             this, reconnect the account.",
        ),
        (Advice::Retry { .. }, _) => Some(
            "The platform does not answer as it should. Nothing was changed; try again in some minutes.",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(error: PlatformError) -> String {
        match AppError::from(error) {
            AppError::Refused(refusal) => refusal.detail,
            AppError::Broken(error) => panic!("{error}"),
        }
    }

    #[test]
    fn nobody_who_waits_is_told_that_it_goes_on_by_itself() {
        for error in [
            PlatformError::unavailable("Facebook", "log"),
            PlatformError::not_understood("Facebook", "log"),
        ] {
            assert!(error.detail.contains("by itself"), "{}", error.detail);
            let told = told(error);
            assert!(told.contains("try again"), "{told}");
            assert!(!told.contains("by itself"), "{told}");
        }
    }

    #[test]
    fn what_the_person_can_mend_stays_in_the_platforms_words() {
        let error = PlatformError::reconnect("Facebook", "log");
        let detail = error.detail.clone();
        assert_eq!(told(error), detail);
    }

    #[test]
    fn a_database_that_is_away_is_not_told_as_a_missing_thing() {
        let away = || StoreError::Busy("connection refused".to_owned());
        for error in [away().into(), AppError::or_missing("post")(away())] {
            let AppError::Refused(refusal) = error else {
                panic!("a person can act on it: {error:?}");
            };
            assert_eq!(refusal.kind, RefusalKind::Unavailable);
            assert!(
                !refusal.detail.contains("refused"),
                "the cause is for the log"
            );
        }
    }
}
