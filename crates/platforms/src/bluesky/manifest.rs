//! Bluesky as data.

use fanfare_platform_kit::Manifest;
use fanfare_platform_kit::manifest::{
    Budget, BudgetScope, ConnectField, ConnectKind, ConnectMethod, ContentRules, FieldKind,
    ImageRule, MediaRule, OptionKind, OptionSpec, SettingsSpec, TextCount, TextRule,
};

pub const SERVICE: &str = "service";
/// The service of who names none, unless the operator sets another (`FANFARE_BLUESKY_API_URL`).
pub const DEFAULT_SERVICE: &str = "https://bsky.social";
pub const IDENTIFIER: &str = "identifier";
pub const APP_PASSWORD: &str = "app_password";
/// The option's name.
pub const LANGUAGES: &str = "languages";
pub const LANGUAGES_MAX: usize = 3;
/// No text is longer than this, whatever its characters.
pub const TEXT_BYTES: u32 = 3_000;

pub fn manifest() -> Manifest {
    Manifest {
        id: super::ID,
        name: super::NAME,
        summary: "Post text, links and pictures on Bluesky",
        connect: vec![app_password()],
        settings: SettingsSpec {
            credentials: None,
            // Each account names its server; most are with Bluesky itself.
            api_url: "",
            auth_url: "",
            api_version: None,
            shares_app_of: None,
        },
        content: rules(),
        // 5,000 points an hour for each account; the call that posts costs two, or three when it makes the record.
        connection_settings: vec![languages()],
        fetches_media: false,
        setup_steps: Vec::new(),
        budgets: vec![Budget {
            scope: BudgetScope::Channel,
            calls: 1_666,
            per_seconds: 3_600,
        }],
        documentation_url: "https://docs.bsky.app",
    }
}

fn app_password() -> ConnectMethod {
    ConnectMethod {
        kind: ConnectKind::Token,
        fields: vec![
            ConnectField {
                name: IDENTIFIER,
                label: "Handle",
                help: "Your name on Bluesky, without @.",
                kind: FieldKind::Text,
                required: true,
                placeholder: "you.bsky.social",
            },
            ConnectField {
                name: APP_PASSWORD,
                label: "App password",
                help: "Make one for Fanfare at Bluesky: Settings, Privacy and security, App passwords. Your own password \
                       stays with you.",
                kind: FieldKind::Secret,
                required: true,
                placeholder: "xxxx-xxxx-xxxx-xxxx",
            },
            ConnectField {
                name: SERVICE,
                label: "Server",
                help: "Leave it empty unless your account is with another provider than Bluesky.",
                kind: FieldKind::Url,
                required: false,
                placeholder: DEFAULT_SERVICE,
            },
        ],
        scopes: Vec::new(),
    }
}

fn rules() -> ContentRules {
    ContentRules {
        text: TextRule {
            max: Some(300),
            count: TextCount::Graphemes,
            max_bytes: Some(TEXT_BYTES),
            required_without_media: true,
        },
        media: MediaRule {
            required: false,
            max_items: 4,
            mixed: false,
            image: Some(ImageRule {
                mimes: vec!["image/jpeg", "image/png", "image/webp"],
                max_items: 4,
                max_bytes: Some(1_000_000),
                min_width: None,
                max_pixels: None,
                min_ratio: None,
                max_ratio: None,
            }),
            video: None,
            alt_max: Some(2_000),
        },
        hashtags_max: None,
        mentions_max: None,
        links_clickable: true,
        options: vec![
            languages(),
            OptionSpec::first_comment(300, TextCount::Graphemes),
        ],
        daily_posts: None,
    }
}

fn languages() -> OptionSpec {
    OptionSpec {
        name: LANGUAGES,
        label: "Languages",
        help: "Up to three, such as en, es: they help people find the post.",
        kind: OptionKind::Text { max: 60 },
    }
}
