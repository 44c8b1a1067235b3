//! The Graph API's refusals: the envelope, and what codes mean wherever they appear.
//!
//! HTTP statuses say little here (rate limits come as 400), so codes and subcodes decide.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{Answer, Effect};
use fanfare_platform_kit::{Advice, PlatformError, RateScope};
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde::Deserialize;

use super::usage;

/// For a rate limit of which Meta says no end.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);
const LOG_MAX: usize = 600;
const QUOTE_MAX: usize = 300;

/// An answer that is not a success, read and ready to be judged.
pub struct Refused<'a> {
    platform: &'static str,
    answer: &'a Answer,
    effect: Effect,
    now: Timestamp,
    error: GraphError,
}

#[derive(Deserialize)]
struct Envelope {
    error: GraphError,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct GraphError {
    code: i64,
    error_subcode: i64,
    message: String,
    error_user_msg: String,
    #[serde(rename = "type")]
    kind: String,
    is_transient: bool,
    fbtrace_id: String,
}

/// Whether an answer says that there is no such object, or none that we may see.
pub fn is_missing(answer: &Answer) -> bool {
    let error = answer.json::<Envelope>().map(|envelope| envelope.error);
    error.is_ok_and(|error| matches!((error.code, error.error_subcode), (33, _) | (100, 33)))
}

/// How Instagram Login's token endpoint says no.
#[derive(Deserialize)]
struct SignInEnvelope {
    error_type: String,
    code: i64,
    error_message: String,
}

impl<'a> Refused<'a> {
    /// Reads the envelope; an answer without one is judged at once.
    pub fn read(
        platform: &'static str,
        answer: &'a Answer,
        effect: Effect,
        now: Timestamp,
    ) -> Result<Self, PlatformError> {
        let graph = answer.json::<Envelope>().map(|envelope| envelope.error);
        let error = graph.or_else(|_| answer.json::<SignInEnvelope>().map(GraphError::from));
        error
            .map(|error| Self {
                platform,
                answer,
                effect,
                now,
                error,
            })
            .map_err(|_| {
                let log = format!(
                    "HTTP {}, no Graph error: {}",
                    answer.status,
                    redact(&answer.excerpt(200))
                );
                if answer.status == StatusCode::TOO_MANY_REQUESTS {
                    return too_many_calls(platform, now + PAUSE, RateScope::App, log);
                }
                match effect {
                    Effect::Once => PlatformError::outcome_unknown(platform, log),
                    Effect::Repeatable if answer.status.is_server_error() => {
                        PlatformError::unavailable(platform, log)
                    }
                    Effect::Repeatable => PlatformError::not_understood(platform, log),
                }
            })
    }

    /// A refusal that came inside a success: `subcode` and `words` from an object's status.
    pub fn in_words(
        platform: &'static str,
        answer: &'a Answer,
        now: Timestamp,
        subcode: i64,
        words: &str,
    ) -> Self {
        let error = GraphError {
            error_subcode: subcode,
            message: words.into(),
            ..GraphError::default()
        };
        Self {
            platform,
            answer,
            effect: Effect::Repeatable,
            now,
            error,
        }
    }

    pub fn code(&self) -> i64 {
        self.error.code
    }

    /// 0 when there is none.
    pub fn subcode(&self) -> i64 {
        self.error.error_subcode
    }

    /// What a code means wherever it appears in the Graph API.
    pub fn common(&self) -> PlatformError {
        let platform = self.platform;
        match (self.code(), self.subcode()) {
            (102 | 190 | 2500, _) => self.reconnect(),
            (4, _) => self.rate_limited(RateScope::App, PAUSE),
            (17 | 32 | 341 | 613 | 80001 | 80002 | 80006, _) => self.rate_limited(RateScope::Channel, PAUSE),
            (368, _) => self.restricted(
                "has blocked this account or application from posting for now, because of its rules. \
                 Look into the account's support inbox there, and try again later.",
            ),
            // Seen for valid ids during outages, so the person is not sent to reconnect at once.
            (33, _) | (100, 33) => self.missing_object(),
            (10 | 200..=299, _) => self.needs_permission(
                "was not given a permission or role that this needs. Reconnect and leave every permission ticked, or ask \
                 for a role that may create content.",
            ),
            (1 | 2, _) => self.may_pass(),
            (3, _) => self.permanent(format!(
                "{platform} says that the application may not do this. Its permissions or products need a review there."
            )),
            (101 | 104, _) => self.permanent(self.proof_refused()),
            (100, 36007 | 36009) => self.error(
                Advice::Permanent,
                ErrorCode::StateInvalid,
                format!("{platform} says that this sign-in took too long or was used already. Connect once more."),
            ),
            (191, _) | (100, 36008) => self.permanent(format!(
                "{platform} does not know this installation's callback address. Enter it in the application's settings there."
            )),
            (100, _) if self.error.message.contains("appsecret_proof") => self.permanent(self.proof_refused()),
            _ if self.error.is_transient || self.answer.status.is_server_error() => self.may_pass(),
            _ => self.permanent(format!("{platform} refused: {}", self.developer_words())),
        }
    }

    /// Nothing is wrong with the call: it may work another time, unless it has worked already.
    pub fn may_pass(&self) -> PlatformError {
        match self.effect {
            Effect::Repeatable => PlatformError::unavailable(self.platform, self.log()),
            Effect::Once => PlatformError::outcome_unknown(self.platform, self.log()),
        }
    }

    /// Certainly not done, and it may work another time; `words` go on after the platform's name.
    pub fn retry(&self, code: ErrorCode, words: &str) -> PlatformError {
        self.error(
            Advice::Retry { after: None },
            code,
            format!("{} {words}", self.platform),
        )
    }

    /// `pause` is how long to wait if the answer does not say it.
    pub fn rate_limited(&self, scope: RateScope, pause: SignedDuration) -> PlatformError {
        let until = usage::regain_at(self.answer, self.now).unwrap_or(self.now + pause);
        too_many_calls(self.platform, until, scope, self.log())
    }

    /// No more posts for today; other calls may go on.
    pub fn daily_limit(&self, pause: SignedDuration) -> PlatformError {
        let advice = Advice::RateLimited {
            until: self.now + pause,
            scope: RateScope::Channel,
        };
        let detail = format!(
            "{} takes no more posts from this account today. It goes on by itself when there is room.",
            self.platform
        );
        self.error(advice, ErrorCode::DailyLimitReached, detail)
    }

    pub fn reconnect(&self) -> PlatformError {
        PlatformError::reconnect(self.platform, self.log())
    }

    /// `words` go on after the platform's name.
    pub fn needs_permission(&self, words: &str) -> PlatformError {
        let detail = format!("{} {words}", self.platform);
        self.error(
            Advice::NeedsPermission,
            ErrorCode::PermissionMissing,
            detail,
        )
    }

    /// The account may not post for now; `words` go on after the platform's name.
    pub fn restricted(&self, words: &str) -> PlatformError {
        let detail = format!("{} {words}", self.platform);
        self.error(Advice::Permanent, ErrorCode::AccountRestricted, detail)
    }

    /// The person must change `field`; `words` go on after the platform's name.
    pub fn fix(&self, field: &str, code: ErrorCode, words: &str) -> PlatformError {
        let detail = format!("{} {words}", self.platform);
        self.error(
            Advice::FixContent {
                field: field.to_owned(),
            },
            code,
            detail,
        )
    }

    pub fn permanent(&self, detail: String) -> PlatformError {
        self.error(Advice::Permanent, ErrorCode::PlatformRefused, detail)
    }

    fn missing_object(&self) -> PlatformError {
        let detail = format!(
            "{} says that this account or post does not exist, or that we may not see it. It is tried again by itself; if \
             that does not help, reconnect.",
            self.platform
        );
        self.error(
            Advice::Retry { after: None },
            ErrorCode::PlatformRefused,
            detail,
        )
    }

    fn proof_refused(&self) -> String {
        format!(
            "{} does not accept our application's secret. Compare it with the one in the application's settings there.",
            self.platform
        )
    }

    fn error(&self, advice: Advice, code: ErrorCode, detail: String) -> PlatformError {
        PlatformError::new(advice, code, self.with_quote(detail), self.log())
    }

    /// Meta's words for people come in the account's language and say more than we know.
    fn with_quote(&self, detail: String) -> String {
        let quote = clip(&self.error.error_user_msg, QUOTE_MAX);
        if quote.is_empty() {
            return detail;
        }
        format!("{detail} {} says: “{quote}”", self.platform)
    }

    /// Meta's words for developers, without the `(#100)` before them; better than nothing.
    fn developer_words(&self) -> String {
        let message = self.error.message.trim();
        let words = message
            .strip_prefix("(#")
            .and_then(|rest| rest.split_once(')'));
        let words = clip(words.map_or(message, |(_, words)| words), QUOTE_MAX);
        if words.is_empty() {
            format!("error {}.", self.code())
        } else {
            words
        }
    }

    fn log(&self) -> String {
        let GraphError {
            code,
            error_subcode,
            kind,
            fbtrace_id,
            message,
            ..
        } = &self.error;
        let status = self.answer.status.as_u16();
        let line =
            format!("HTTP {status}, {kind} {code}/{error_subcode}, trace {fbtrace_id}: {message}");
        clip(&line, LOG_MAX)
    }
}

impl From<SignInEnvelope> for GraphError {
    fn from(envelope: SignInEnvelope) -> Self {
        let SignInEnvelope {
            error_type: kind,
            code,
            error_message: message,
        } = envelope;
        Self {
            code,
            kind,
            message,
            ..Self::default()
        }
    }
}

fn too_many_calls(
    platform: &str,
    until: Timestamp,
    scope: RateScope,
    log: String,
) -> PlatformError {
    PlatformError::new(
        Advice::RateLimited { until, scope },
        ErrorCode::PlatformRateLimited,
        format!("{platform} asks for fewer calls. Nothing was posted; it goes on by itself later."),
        log,
    )
}

fn clip(text: &str, max: usize) -> String {
    redact(text.trim()).chars().take(max).collect()
}

/// Meta quotes tokens in messages ("Malformed access token EAAB…"), so whatever looks like one is blotted out.
fn redact(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '|';
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        let token = word.len() >= 40 || word.starts_with("EAA") || word.starts_with("IGA");
        clean.push_str(if token { "…" } else { word });
        let gap = tail.find(is_word).unwrap_or(tail.len());
        clean.push_str(&tail[..gap]);
        rest = &tail[gap..];
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn tokens_are_blotted_out_and_nothing_else() {
        for (text, clean) in [
            (
                "Malformed access token EAABsbCS1iHgBAKZC",
                "Malformed access token …",
            ),
            (
                "(#100) Param link must be a URL",
                "(#100) Param link must be a URL",
            ),
            (
                "post 112233445566778_998877665544332211",
                "post 112233445566778_998877665544332211",
            ),
            ("token=IGAAx_1-2&x=1", "token=…&x=1"),
            ("“été” …", "“été” …"),
            (&"a".repeat(40), "…"),
            ("", ""),
        ] {
            assert_eq!(redact(text), clean);
        }
    }
}
