//! Facebook Pages as data.

use fanfare_platform_kit::Manifest;
use fanfare_platform_kit::manifest::{
    ConnectField, ConnectKind, ConnectMethod, ContentRules, CredentialNames, FieldKind, ImageRule,
    MediaRule, OptionKind, OptionSpec, ScopeSpec, SettingsSpec, TextCount, TextRule, VideoRule,
};
use fanfare_platform_kit::roles::FIRST_COMMENT;

/// The options' names.
pub const LINK: &str = "link";

const MEGABYTE: u64 = 1024 * 1024;
const MINUTE_MILLIS: u64 = 60 * 1000;

pub const SCOPES: &[ScopeSpec] = &[
    ScopeSpec {
        name: "pages_show_list",
        why: "To list the Pages you manage.",
        required: true,
        option: None,
    },
    ScopeSpec {
        name: "pages_manage_posts",
        why: "To post on your Pages.",
        required: true,
        option: None,
    },
    ScopeSpec {
        name: "pages_read_engagement",
        why: "To look whether a post went out before it is sent again.",
        required: true,
        option: None,
    },
    ScopeSpec {
        name: "business_management",
        why: "To list Pages that belong to a business portfolio.",
        required: false,
        option: None,
    },
    ScopeSpec {
        name: "pages_manage_engagement",
        why: "To write the first comment below your posts.",
        required: false,
        option: Some(FIRST_COMMENT),
    },
    ScopeSpec {
        name: "pages_manage_metadata",
        why: "To be told at once of comments, reactions and shares.",
        required: false,
        option: None,
    },
    ScopeSpec {
        name: "pages_read_user_content",
        why: "To read the comments that were missed while nothing was heard.",
        required: false,
        option: None,
    },
    ScopeSpec {
        name: "pages_messaging",
        why: "To be told of messages to your Pages.",
        required: false,
        option: None,
    },
];

pub fn manifest() -> Manifest {
    Manifest {
        id: super::ID,
        name: super::NAME,
        summary: "Post text, links, pictures and videos on Facebook Pages",
        connect: vec![sign_in(), pasted_token()],
        settings: SettingsSpec {
            credentials: Some(CredentialNames {
                id: "APP_ID",
                secret: "APP_SECRET",
            }),
            api_url: "https://graph.facebook.com",
            auth_url: "https://www.facebook.com",
            api_version: Some("v26.0"),
            shares_app_of: None,
        },
        content: rules(),
        // Facebook counts by how many people use the application or the Page and tells the share that is used up, so
        // there is no fixed number to keep to.
        connection_settings: Vec::new(),
        fetches_media: false,
        setup_steps: vec![
            "At developers.facebook.com, under My Apps, create an app of the type Business.",
            "Add the product Facebook Login for Business, and turn on “Client OAuth login” and “Web OAuth login” in its settings.",
            "Under App settings, Basic, copy the App ID and the App secret.",
            "Until Meta has reviewed the app, only people with a role in it can connect. Ask for advanced access to the permissions before others do.",
        ],
        budgets: Vec::new(),
        documentation_url: "https://developers.facebook.com/docs/pages-api",
    }
}

fn sign_in() -> ConnectMethod {
    ConnectMethod {
        kind: ConnectKind::Oauth,
        fields: Vec::new(),
        scopes: SCOPES.to_vec(),
    }
}

fn pasted_token() -> ConnectMethod {
    ConnectMethod {
        kind: ConnectKind::Token,
        fields: vec![ConnectField {
            name: "access_token",
            label: "Access token",
            help: "A Page's or a person's access token with the permissions below, as the Graph API Explorer or a system \
                   user of your business gives it.",
            kind: FieldKind::Secret,
            required: true,
            placeholder: "EAA…",
        }],
        scopes: SCOPES.to_vec(),
    }
}

fn rules() -> ContentRules {
    ContentRules {
        text: TextRule {
            max: Some(63_206),
            count: TextCount::Utf16,
            max_bytes: None,
            required_without_media: true,
        },
        media: MediaRule {
            required: false,
            max_items: 10,
            mixed: false,
            image: Some(ImageRule {
                mimes: vec!["image/jpeg", "image/png", "image/gif"],
                max_items: 10,
                max_bytes: Some(10 * MEGABYTE),
                min_width: None,
                max_pixels: None,
                min_ratio: None,
                max_ratio: None,
            }),
            video: Some(VideoRule {
                mimes: vec!["video/mp4", "video/quicktime"],
                max_items: 1,
                max_bytes: Some(10 * 1024 * MEGABYTE),
                min_millis: None,
                max_millis: Some(240 * MINUTE_MILLIS),
                min_ratio: None,
                max_ratio: None,
            }),
            alt_max: None,
        },
        hashtags_max: None,
        mentions_max: None,
        links_clickable: true,
        options: vec![
            OptionSpec {
                name: LINK,
                label: "Link",
                help: "Shown as a card below the text. Without it, the only address in the text becomes the card.",
                kind: OptionKind::Text { max: 2000 },
            },
            OptionSpec::first_comment(8000, TextCount::Utf16),
        ],
        daily_posts: None,
    }
}
