//! WhatsApp as data.

use fanfare_platform_kit::Manifest;
use fanfare_platform_kit::manifest::{
    ContentRules, CredentialNames, MediaRule, SettingsSpec, TextCount, TextRule,
};

pub fn manifest() -> Manifest {
    Manifest {
        id: super::ID,
        name: super::NAME,
        summary: "Hear what people write to WhatsApp numbers",
        connect: Vec::new(),
        settings: SettingsSpec {
            credentials: Some(CredentialNames {
                id: "APP_ID",
                secret: "APP_SECRET",
            }),
            api_url: "https://graph.facebook.com",
            auth_url: "https://www.facebook.com",
            api_version: Some("v26.0"),
            shares_app_of: Some("facebook"),
        },
        content: ContentRules {
            text: TextRule {
                max: Some(4096),
                count: TextCount::Utf16,
                max_bytes: None,
                required_without_media: true,
            },
            media: MediaRule {
                required: false,
                max_items: 1,
                mixed: false,
                image: None,
                video: None,
                alt_max: None,
            },
            hashtags_max: None,
            mentions_max: None,
            links_clickable: true,
            options: Vec::new(),
            daily_posts: None,
        },
        connection_settings: Vec::new(),
        fetches_media: false,
        setup_steps: Vec::new(),
        budgets: Vec::new(),
        documentation_url: "https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks",
    }
}
