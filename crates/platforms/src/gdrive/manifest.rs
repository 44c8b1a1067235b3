//! Google Drive as data.

use fanfare_platform_kit::Manifest;
use fanfare_platform_kit::manifest::{
    ConnectKind, ConnectMethod, ContentRules, CredentialNames, MediaRule, ScopeSpec, SettingsSpec,
    TextCount, TextRule,
};

/// Reads everything that the account sees, and changes nothing.
pub const READ_FILES: &str = "https://www.googleapis.com/auth/drive.readonly";

pub const SCOPES: &[ScopeSpec] = &[
    ScopeSpec {
        name: "openid",
        why: "To sign in with your Google account.",
        required: false,
        option: None,
    },
    ScopeSpec {
        name: "email",
        why: "To see which account it is.",
        required: false,
        option: None,
    },
    ScopeSpec {
        name: READ_FILES,
        why: "To show its pictures and videos to everybody who may add files in this workspace, and to take into the library what they choose.",
        required: true,
        option: None,
    },
];

pub fn manifest() -> Manifest {
    Manifest {
        id: super::ID,
        name: super::NAME,
        summary: "Take pictures and videos from Google Drive into the library",
        connect: vec![ConnectMethod {
            kind: ConnectKind::Oauth,
            fields: Vec::new(),
            scopes: SCOPES.to_vec(),
        }],
        settings: SettingsSpec {
            credentials: Some(CredentialNames {
                id: "CLIENT_ID",
                secret: "CLIENT_SECRET",
            }),
            api_url: "https://www.googleapis.com",
            auth_url: "https://accounts.google.com",
            api_version: None,
            shares_app_of: None,
        },
        content: nothing(),
        connection_settings: Vec::new(),
        fetches_media: false,
        setup_steps: vec![
            "At console.cloud.google.com, create a project. Under APIs & Services, Library, enable the Google Drive API.",
            "Under Google Auth Platform, fill in the consent screen, and under Data access add the scope auth/drive.readonly.",
            "Under Clients, create an OAuth client of the type Web application, and enter the callback address as an authorized redirect URI.",
            "Copy the client ID and the client secret. Google shows the secret only once.",
            "Reading files is a restricted scope at Google. While the app is in testing, only the test users that you list can connect, and each has to reconnect after 7 days.",
            "An app of the user type Internal, for the people of one Google Workspace, needs no review and has no such end. Any other app has to be verified by Google.",
        ],
        budgets: Vec::new(),
        documentation_url: "https://developers.google.com/drive/api",
    }
}

/// Files are taken from there; nothing is published there, so nothing fits.
fn nothing() -> ContentRules {
    ContentRules {
        text: TextRule {
            max: Some(0),
            count: TextCount::Scalars,
            max_bytes: None,
            required_without_media: false,
        },
        media: MediaRule {
            required: false,
            max_items: 0,
            mixed: false,
            image: None,
            video: None,
            alt_max: None,
        },
        hashtags_max: None,
        mentions_max: None,
        links_clickable: false,
        options: Vec::new(),
        daily_posts: None,
    }
}
