//! Mastodon as data.

use fanfare_platform_kit::Manifest;
use fanfare_platform_kit::manifest::{
    Budget, BudgetScope, Choice, ConnectField, ConnectKind, ConnectMethod, ContentRules, FieldKind,
    ImageRule, MediaRule, OptionKind, OptionSpec, ScopeSpec, SettingsSpec, TextCount, TextRule,
    VideoRule,
};

pub const INSTANCE: &str = "instance";
/// The options' names.
pub const VISIBILITY: &str = "visibility";
pub const CONTENT_WARNING: &str = "content_warning";
pub const SENSITIVE: &str = "sensitive";
pub const LANGUAGE: &str = "language";

pub const IMAGE_TYPES: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/heic",
];
pub const VIDEO_TYPES: &[&str] = &["video/mp4", "video/quicktime", "video/webm"];

pub const SCOPES: &[ScopeSpec] = &[
    ScopeSpec {
        name: "read:accounts",
        why: "To see which account it is.",
        required: true,
        option: None,
    },
    ScopeSpec {
        name: "read:statuses",
        why: "To look whether a post went out before it is sent again.",
        required: true,
        option: None,
    },
    ScopeSpec {
        name: "write:statuses",
        why: "To publish posts.",
        required: true,
        option: None,
    },
    ScopeSpec {
        name: "write:media",
        why: "To upload pictures and videos.",
        required: true,
        option: None,
    },
];

pub fn manifest() -> Manifest {
    Manifest {
        id: super::ID,
        name: super::NAME,
        summary: "Post text, pictures and videos on any Mastodon instance",
        connect: vec![sign_in()],
        settings: SettingsSpec {
            credentials: None,
            api_url: "",
            auth_url: "",
            api_version: None,
            shares_app_of: None,
        },
        content: rules(),
        connection_settings: vec![visibility(), language(), sensitive()],
        fetches_media: false,
        setup_steps: Vec::new(),
        budgets: vec![Budget {
            scope: BudgetScope::Channel,
            calls: 300,
            per_seconds: 300,
        }],
        documentation_url: "https://docs.joinmastodon.org/api/",
    }
}

fn sign_in() -> ConnectMethod {
    ConnectMethod {
        kind: ConnectKind::Oauth,
        fields: vec![ConnectField {
            name: INSTANCE,
            label: "Instance",
            help: "The server your account is on.",
            kind: FieldKind::Text,
            required: true,
            placeholder: "mastodon.social",
        }],
        scopes: SCOPES.to_vec(),
    }
}

/// What Mastodon ships with; instances may differ.
fn rules() -> ContentRules {
    ContentRules {
        text: TextRule {
            max: Some(500),
            count: TextCount::Mastodon { url_length: 23 },
            max_bytes: None,
            required_without_media: true,
        },
        media: MediaRule {
            required: false,
            max_items: 4,
            mixed: false,
            image: Some(ImageRule {
                mimes: IMAGE_TYPES.to_vec(),
                max_items: 4,
                max_bytes: Some(16 * 1024 * 1024),
                min_width: None,
                max_pixels: Some(33_177_600),
                min_ratio: None,
                max_ratio: None,
            }),
            video: Some(VideoRule {
                mimes: VIDEO_TYPES.to_vec(),
                max_items: 1,
                max_bytes: Some(99 * 1024 * 1024),
                min_millis: None,
                max_millis: None,
                min_ratio: None,
                max_ratio: None,
            }),
            alt_max: Some(1_500),
        },
        hashtags_max: None,
        mentions_max: None,
        links_clickable: true,
        options: vec![
            visibility(),
            content_warning(),
            sensitive(),
            language(),
            OptionSpec::first_comment(500, TextCount::Mastodon { url_length: 23 }),
        ],
        daily_posts: None,
    }
}

fn visibility() -> OptionSpec {
    let choice = |value, label| Choice { value, label };
    OptionSpec {
        name: VISIBILITY,
        label: "Visibility",
        help: "Who sees the post.",
        kind: OptionKind::Choice {
            choices: vec![
                choice("public", "Public"),
                choice("unlisted", "Public, but not in timelines of strangers"),
                choice("private", "Followers"),
                choice("direct", "Only who is mentioned"),
            ],
            default: "public",
        },
    }
}

fn content_warning() -> OptionSpec {
    OptionSpec {
        name: CONTENT_WARNING,
        label: "Content warning",
        help: "Shown instead of the post until people open it. It counts as part of the text.",
        kind: OptionKind::Text { max: 500 },
    }
}

fn sensitive() -> OptionSpec {
    OptionSpec {
        name: SENSITIVE,
        label: "Sensitive media",
        help: "Pictures and videos are hidden until people open them.",
        kind: OptionKind::Flag { default: false },
    }
}

fn language() -> OptionSpec {
    OptionSpec {
        name: LANGUAGE,
        label: "Language",
        help: "By its short name, such as en or es: people choose by it what they see.",
        kind: OptionKind::Text { max: 10 },
    }
}
