//! Instagram as data.

use fanfare_platform_kit::Manifest;
use fanfare_platform_kit::manifest::{
    Choice, ConnectField, ConnectKind, ConnectMethod, ContentRules, CredentialNames, FieldKind,
    ImageRule, MediaRule, OptionKind, OptionSpec, ScopeSpec, SettingsSpec, TextCount, TextRule,
    VideoRule,
};
use fanfare_platform_kit::roles::FIRST_COMMENT;

/// The connect field that chooses the way of signing in, and its values.
pub const LOGIN: &str = "login";
pub const LOGIN_FACEBOOK: &str = "facebook";
pub const LOGIN_INSTAGRAM: &str = "instagram";

/// The option that chooses what is made of the post, and its values.
pub const FORMAT: &str = "format";
pub const POST: &str = "post";
pub const REEL: &str = "reel";
pub const STORY: &str = "story";

const MEGABYTE: u64 = 1024 * 1024;
const SECOND_MILLIS: u64 = 1000;

/// The other options' names.
pub const COLLABORATORS: &str = "collaborators";
pub const LOCATION: &str = "location_id";
pub const SHARE_TO_FEED: &str = "share_to_feed";
pub const COVER: &str = "cover_seconds";

/// What Facebook Login is asked for; [`FACEBOOK_NEEDED`] of it is needed.
pub const FACEBOOK_SCOPES: [&str; 8] = [
    "instagram_basic",
    "instagram_content_publish",
    "pages_show_list",
    "pages_read_engagement",
    "business_management",
    "instagram_manage_comments",
    "pages_manage_metadata",
    "instagram_manage_messages",
];
pub const FACEBOOK_NEEDED: usize = 4;
/// What Instagram Login is asked for; [`INSTAGRAM_NEEDED`] of it is needed.
pub const INSTAGRAM_SCOPES: [&str; 4] = [
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_comments",
    "instagram_business_manage_messages",
];
pub const INSTAGRAM_NEEDED: usize = 2;

pub fn manifest() -> Manifest {
    Manifest {
        id: super::ID,
        name: super::NAME,
        summary: "Post pictures, carousels, reels and stories on professional Instagram accounts",
        connect: vec![sign_in()],
        settings: SettingsSpec {
            credentials: Some(CredentialNames {
                id: "APP_ID",
                secret: "APP_SECRET",
            }),
            api_url: "https://graph.instagram.com",
            auth_url: "https://www.instagram.com",
            api_version: Some("v26.0"),
            shares_app_of: Some("facebook"),
        },
        content: rules(POST),
        // Meta tells the share of the allowance that is used up; there is no fixed number to keep to.
        connection_settings: vec![format_option()],
        fetches_media: true,
        setup_steps: vec![
            "For accounts that are linked to a Facebook Page, set up Facebook: its application serves Instagram too, and nothing more is needed.",
            "For accounts that stand alone, add the product Instagram to an app at developers.facebook.com and choose “API setup with Instagram login”.",
            "There, copy the Instagram app ID and the Instagram app secret. They are not the Facebook app’s.",
        ],
        budgets: Vec::new(),
        documentation_url: "https://developers.facebook.com/docs/instagram-platform",
    }
}

fn sign_in() -> ConnectMethod {
    ConnectMethod {
        kind: ConnectKind::Oauth,
        fields: vec![ConnectField {
            name: LOGIN,
            label: "Sign in with",
            help: "Facebook, if the account is linked to a Facebook Page; Instagram, if it stands alone. Both need a \
                   business or creator account.",
            kind: FieldKind::Choice {
                choices: vec![
                    Choice {
                        value: LOGIN_FACEBOOK,
                        label: "Facebook",
                    },
                    Choice {
                        value: LOGIN_INSTAGRAM,
                        label: "Instagram",
                    },
                ],
            },
            required: false,
            placeholder: "",
        }],
        scopes: scopes(),
    }
}

/// Of both ways to sign in. None is marked as required, for each way needs its own; what is missing stands beside the
/// channel.
fn scopes() -> Vec<ScopeSpec> {
    let scope = |name, why| ScopeSpec {
        name,
        why,
        required: false,
        option: None,
    };
    let for_comments = |name, why| ScopeSpec {
        option: Some(FIRST_COMMENT),
        ..scope(name, why)
    };
    vec![
        scope(
            "instagram_basic",
            "Through Facebook: to see your Instagram account.",
        ),
        scope(
            "instagram_content_publish",
            "Through Facebook: to post on it.",
        ),
        scope(
            "pages_show_list",
            "Through Facebook: to find the Page that the account is linked to.",
        ),
        scope(
            "pages_read_engagement",
            "Through Facebook: to act by way of that Page.",
        ),
        scope(
            "business_management",
            "Through Facebook: to find Pages of a business portfolio.",
        ),
        for_comments(
            "instagram_manage_comments",
            "Through Facebook: to write the first comment below your posts.",
        ),
        scope(
            "pages_manage_metadata",
            "Through Facebook: to be told at once of comments and mentions.",
        ),
        scope(
            "instagram_manage_messages",
            "Through Facebook: to be told of messages.",
        ),
        scope(
            "instagram_business_basic",
            "With Instagram: to see your account.",
        ),
        scope(
            "instagram_business_content_publish",
            "With Instagram: to post on it.",
        ),
        for_comments(
            "instagram_business_manage_comments",
            "With Instagram: to write the first comment below your posts.",
        ),
        scope(
            "instagram_business_manage_messages",
            "With Instagram: to be told of messages.",
        ),
    ]
}

/// The rules for one format.
pub fn rules(format: &str) -> ContentRules {
    ContentRules {
        text: TextRule {
            max: Some(2200),
            count: TextCount::Scalars,
            max_bytes: None,
            required_without_media: false,
        },
        media: MediaRule {
            required: true,
            max_items: if format == POST { 10 } else { 1 },
            mixed: true,
            image: (format != REEL).then(|| image(format)),
            video: Some(video(format)),
            alt_max: Some(1000),
        },
        hashtags_max: Some(30),
        mentions_max: Some(20),
        links_clickable: false,
        options: options(),
        daily_posts: Some(100),
    }
}

/// The same for each format: what one does not have is said when it is used.
fn options() -> Vec<OptionSpec> {
    vec![
        format_option(),
        OptionSpec::first_comment(2200, TextCount::Scalars),
        OptionSpec {
            name: COLLABORATORS,
            label: "Collaborators",
            help: "Up to three user names. Each is asked by Instagram, and shows the post as theirs too once they agree.",
            kind: OptionKind::Names {
                max_items: 3,
                max_length: 31,
            },
        },
        OptionSpec {
            name: LOCATION,
            label: "Place",
            help: "The number of a Facebook Page that has an address; its name stands above the post.",
            kind: OptionKind::Text { max: 30 },
        },
        OptionSpec {
            name: SHARE_TO_FEED,
            label: "Show a reel in the feed too",
            help: "Otherwise it is shown under Reels only.",
            kind: OptionKind::Flag { default: true },
        },
        OptionSpec {
            name: COVER,
            label: "Cover of a reel",
            help: "The moment of the video that serves as its cover. Without it, the first picture does.",
            kind: OptionKind::Number {
                min: 0.0,
                max: 900.0,
                step: 0.1,
                unit: "seconds",
            },
        },
    ]
}

fn image(format: &str) -> ImageRule {
    let is_story = format == STORY;
    ImageRule {
        // Instagram takes nothing else: no PNG, no WebP.
        mimes: vec!["image/jpeg"],
        max_items: 10,
        max_bytes: Some(8 * MEGABYTE),
        min_width: Some(320),
        max_pixels: None,
        min_ratio: (!is_story).then_some(0.8),
        max_ratio: (!is_story).then_some(1.91),
    }
}

fn video(format: &str) -> VideoRule {
    let is_story = format == STORY;
    VideoRule {
        mimes: vec!["video/mp4", "video/quicktime"],
        max_items: 10,
        max_bytes: Some(if is_story { 100 } else { 300 } * MEGABYTE),
        min_millis: Some(3 * SECOND_MILLIS),
        max_millis: Some(if is_story { 60 } else { 15 * 60 } * SECOND_MILLIS),
        min_ratio: Some(if is_story { 0.1 } else { 0.01 }),
        max_ratio: Some(10.0),
    }
}

fn format_option() -> OptionSpec {
    OptionSpec {
        name: FORMAT,
        label: "Format",
        help: "A post takes one to ten pictures or videos, and a video alone becomes a reel. A reel takes one video. A \
               story takes one picture or video, shows no text and is gone after 24 hours.",
        kind: OptionKind::Choice {
            choices: vec![
                Choice {
                    value: POST,
                    label: "Post",
                },
                Choice {
                    value: REEL,
                    label: "Reel",
                },
                Choice {
                    value: STORY,
                    label: "Story",
                },
            ],
            default: POST,
        },
    }
}
