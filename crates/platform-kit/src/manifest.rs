//! A platform as data: what interface, validation, `doctor` and documentation read instead of knowing names.

use serde::Serialize;
use utoipa::ToSchema;

use crate::roles::FIRST_COMMENT;

/// What a platform is called, how it is connected and configured, and what may be published.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    /// Stable name in addresses, in the database and in `FANFARE_<ID>_…` variables: lower case, `[a-z]+`.
    pub id: &'static str,
    /// As people write it.
    pub name: &'static str,
    /// Half a sentence: what can be done with it here.
    pub summary: &'static str,
    pub connect: Vec<ConnectMethod>,
    pub settings: SettingsSpec,
    /// What applies when nothing about the post or the channel is known yet; [`crate::roles::Publish::rules`] refines it.
    pub content: ContentRules,
    /// What can be settled for each connection. One that is named like an option of `content` is that option's default.
    pub connection_settings: Vec<OptionSpec>,
    /// The platform fetches pictures and videos from this installation's public address, so it must be able to reach it.
    pub fetches_media: bool,
    /// What whoever runs the installation does at the platform to get credentials, one step each; empty where none are needed.
    pub setup_steps: Vec<&'static str>,
    pub budgets: Vec<Budget>,
    /// The platform's own documentation.
    pub documentation_url: &'static str,
}

/// One way to connect an account.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectMethod {
    pub kind: ConnectKind,
    /// Asked before the person is sent away (OAuth), or all there is (token).
    pub fields: Vec<ConnectField>,
    /// Permissions asked for, each with the reason people are shown.
    pub scopes: Vec<ScopeSpec>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectKind {
    Oauth,
    Token,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConnectField {
    pub name: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub kind: FieldKind,
    pub required: bool,
    pub placeholder: &'static str,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    Url,
    Secret,
    Choice { choices: Vec<Choice> },
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScopeSpec {
    pub name: &'static str,
    pub why: &'static str,
    /// Publishing does not work without it.
    pub required: bool,
    /// The option that this is for: whoever uses it needs one of the scopes that name it.
    pub option: Option<&'static str>,
}

/// Which variables configure the platform.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsSpec {
    /// Names after `FANFARE_<ID>_`, such as `APP_ID`; empty where no application credentials are needed.
    pub credentials: Option<CredentialNames>,
    /// Where API calls go unless `FANFARE_<ID>_API_URL` says otherwise; empty where each account names its server.
    pub api_url: &'static str,
    /// Where people are sent to consent unless `FANFARE_<ID>_AUTH_URL` says otherwise.
    pub auth_url: &'static str,
    /// The API's version, which is part of each call's path, unless `FANFARE_<ID>_API_VERSION` says otherwise; absent
    /// where there is none to choose.
    pub api_version: Option<&'static str>,
    /// The platform whose application credentials serve as well: it counts as configured when that one is.
    pub shares_app_of: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct CredentialNames {
    /// `APP_ID` or `CLIENT_ID`.
    pub id: &'static str,
    /// `APP_SECRET` or `CLIENT_SECRET`.
    pub secret: &'static str,
}

/// What a channel takes. Absent limits do not apply.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ContentRules {
    pub text: TextRule,
    pub media: MediaRule,
    pub hashtags_max: Option<u32>,
    pub mentions_max: Option<u32>,
    pub links_clickable: bool,
    pub options: Vec<OptionSpec>,
    /// Posts within any 24 hours, whatever program sends them: more are warned of, and the platform decides.
    pub daily_posts: Option<u32>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TextRule {
    pub max: Option<u32>,
    pub count: TextCount,
    /// A further limit of UTF-8 bytes.
    pub max_bytes: Option<u32>,
    /// A post without media needs a text or a link.
    pub required_without_media: bool,
}

/// How a platform counts the length of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum TextCount {
    /// Characters as people see them (extended grapheme clusters).
    Graphemes,
    /// UTF-16 code units, as JavaScript's `length`.
    Utf16,
    /// Unicode scalar values.
    Scalars,
    /// Graphemes, with each URL as `url_length` and only the local part of `@user@domain`.
    Mastodon { url_length: u32 },
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MediaRule {
    /// A post without media is refused.
    pub required: bool,
    pub max_items: u32,
    /// Pictures and videos in one post.
    pub mixed: bool,
    pub image: Option<ImageRule>,
    pub video: Option<VideoRule>,
    pub alt_max: Option<u32>,
}

/// Ratios are width divided by height; sizes in bytes, lengths in milliseconds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImageRule {
    pub mimes: Vec<&'static str>,
    pub max_items: u32,
    pub max_bytes: Option<u64>,
    pub min_width: Option<u32>,
    pub max_pixels: Option<u64>,
    pub min_ratio: Option<f64>,
    pub max_ratio: Option<f64>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VideoRule {
    pub mimes: Vec<&'static str>,
    pub max_items: u32,
    pub max_bytes: Option<u64>,
    pub min_millis: Option<u64>,
    pub max_millis: Option<u64>,
    pub min_ratio: Option<f64>,
    pub max_ratio: Option<f64>,
}

/// One thing a person may choose per channel, such as visibility.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OptionSpec {
    pub name: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub kind: OptionKind,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OptionKind {
    Choice {
        choices: Vec<Choice>,
        default: &'static str,
    },
    /// One line, its length in graphemes.
    Text {
        max: u32,
    },
    /// A text of several lines, as long as the platform counts.
    LongText {
        max: u32,
        count: TextCount,
    },
    /// A list of texts, such as people's names there.
    Names {
        max_items: u32,
        max_length: u32,
    },
    Number {
        min: f64,
        max: f64,
        /// The smallest difference that matters.
        step: f64,
        /// What is counted, for people: `seconds`.
        unit: &'static str,
    },
    Flag {
        default: bool,
    },
}

impl OptionSpec {
    /// The text of the first comment, for platforms that have the role [`crate::roles::Comment`].
    #[must_use]
    pub fn first_comment(max: u32, count: TextCount) -> Self {
        Self {
            name: FIRST_COMMENT,
            label: "First comment",
            help: "Written below the post as soon as it is live. If it cannot be, the post stays as it is.",
            kind: OptionKind::LongText { max, count },
        }
    }
}

/// At most `calls` within `per_seconds`, kept for each channel or for the whole application.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Budget {
    pub scope: BudgetScope,
    pub calls: u32,
    pub per_seconds: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BudgetScope {
    Channel,
    App,
}
