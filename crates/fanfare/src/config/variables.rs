//! Every variable there is: the reference, the schema and the spelling check are made from this list.

use std::sync::Arc;

use fanfare_platform_kit::Platform;

/// One thing that can be configured.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub name: String,
    pub form: &'static str,
    pub default: String,
    pub help: String,
    /// Never shown, and may come from a file named by the variable with `_FILE` behind its name.
    pub is_secret: bool,
}

const FIXED: &[(&str, &str, &str, &str)] = &[
    (
        "FANFARE_LISTEN",
        "address:port",
        "127.0.0.1:8080",
        "Where the API and the interface are served.",
    ),
    (
        "FANFARE_PUBLIC_URL",
        "URL",
        "http:// and the listening address",
        "Where people and platforms reach this installation. Platforms send people back here after consent, so it must be exact.",
    ),
    (
        "FANFARE_DATA",
        "folder",
        "$XDG_DATA_HOME/fanfare",
        "Where the embedded database, media and generated secrets are kept.",
    ),
    (
        "FANFARE_DATABASE_URL",
        "URL",
        "sqlite:<data>/fanfare.db",
        "`sqlite:<file>` or `postgres://user:password@host/database`. The PostgreSQL role must not be a superuser and must not have BYPASSRLS.",
    ),
    (
        "FANFARE_REDIS_URL",
        "URL",
        "none: each process counts for itself",
        "Where attempts are counted for all processes together: `redis://:password@host:6379`, or `rediss://` for TLS, with `?ca=/path.pem` for a certificate authority of your own. While it does not answer, each process counts for itself.",
    ),
    (
        "FANFARE_S3_URL",
        "URL",
        "none: in the data folder",
        "The bucket that keeps pictures and videos: `https://ID:SECRET@s3.example.com/bucket` of any server that speaks S3, or `s3://ID:SECRET@bucket?region=eu-central-1` of Amazon's. A folder in the bucket may follow; `?region=` and `?style=path` or `?style=host` where the server wants them. Without a key in it, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are used. Escape what addresses may not hold: a slash in the secret is %2F.",
    ),
    (
        "FANFARE_SECRET_KEYS",
        "list of id:key",
        "generated in <data>/secret-keys",
        "The keys that seal tokens in the database, the sealing key first: an id from 0 to 255, a colon, 32 bytes in base64.",
    ),
    (
        "FANFARE_SANDBOX",
        "on, off or auto",
        "auto",
        "Pretend platforms for trying things out. `auto` is on until the first platform has credentials.",
    ),
    (
        "FANFARE_SANDBOX_LISTEN",
        "address:port",
        "the port after FANFARE_LISTEN",
        "Where the sandbox is served.",
    ),
    (
        "FANFARE_SANDBOX_URL",
        "URL",
        "follows from FANFARE_PUBLIC_URL and the sandbox's port",
        "Where browsers reach the sandbox.",
    ),
    (
        "FANFARE_REGISTRATION",
        "invitation or open",
        "invitation",
        "Who may make an account after the first one.",
    ),
    (
        "FANFARE_OPERATOR_NAME",
        "text",
        "the host of FANFARE_PUBLIC_URL",
        "Who runs this installation, as its privacy and terms pages call them.",
    ),
    (
        "FANFARE_OPERATOR_CONTACT",
        "text",
        "none",
        "How to reach them: an e-mail address or the address of a page. The privacy and terms pages show it.",
    ),
    (
        "FANFARE_OIDC_ISSUER",
        "URL",
        "none",
        "A provider that people may sign in with by OpenID Connect, such as `https://accounts.google.com` or `https://id.example.com/realms/team`. Register `<FANFARE_PUBLIC_URL>/api/auth/oidc/callback` there.",
    ),
    (
        "FANFARE_OIDC_CLIENT_ID",
        "text",
        "none",
        "The id of your application with that provider.",
    ),
    (
        "FANFARE_OIDC_CLIENT_SECRET",
        "text",
        "none: a public client",
        "The secret of your application with that provider.",
    ),
    (
        "FANFARE_OIDC_NAME",
        "text",
        "the host of FANFARE_OIDC_ISSUER",
        "What the log-in page calls the provider: “Continue with …”.",
    ),
    (
        "FANFARE_OIDC_SCOPES",
        "list of scopes",
        "email profile",
        "What the provider is asked for besides `openid`.",
    ),
    (
        "FANFARE_OIDC_ACCOUNTS",
        "registration, always or never",
        "registration",
        "Whether somebody's first sign-in there makes an account: as registering would (for invited addresses, and for everybody where FANFARE_REGISTRATION is open), always, or never.",
    ),
    (
        "FANFARE_SMTP_URL",
        "URL",
        "none: no mail, or the sandbox's mailbox",
        "The mail server: `smtps://user:password@host` (TLS, port 465) or `smtp://user:password@host` (STARTTLS, port 587). Add `?tls=none` for a server that never encrypts; one on this machine without a password is not asked to. `?ca=/path.pem` trusts a certificate authority of one's own.",
    ),
    (
        "FANFARE_SENDGRID_API_KEY",
        "text",
        "none",
        "Sends mail by SendGrid instead: an API key with the permission Mail Send.",
    ),
    (
        "FANFARE_SENDGRID_API_URL",
        "URL",
        "https://api.sendgrid.com",
        "Where SendGrid's API is; `https://api.eu.sendgrid.com` for accounts in the EU.",
    ),
    (
        "FANFARE_SENDGRID_WEBHOOK_KEY",
        "text",
        "none",
        "The verification key of SendGrid's signed Event Webhook. Have it post to `/hooks/mail/sendgrid`, and bounces and deliveries show in the mail log.",
    ),
    (
        "FANFARE_MAIL_FROM",
        "address",
        "Fanfare <fanfare@ and the host of FANFARE_PUBLIC_URL>",
        "Whom messages come from: `name@example.com` or `Name <name@example.com>`.",
    ),
    (
        "FANFARE_MAIL_PER_MINUTE",
        "number",
        "100",
        "Messages a minute that one process sends at most.",
    ),
    (
        "FANFARE_UPLOAD_LIMIT",
        "size",
        "1 GB",
        "The largest file taken, such as `500 MB`.",
    ),
    (
        "FANFARE_OVERDUE_LIMIT",
        "duration",
        "1h",
        "A post that was due while Fanfare was down or its channel paused still goes out if it is late by no more than this; else it waits for a person.",
    ),
    (
        "FANFARE_EGRESS_ALLOW",
        "list of networks",
        "empty",
        "Networks that addresses typed by users (a Bluesky or Mastodon server) may reach besides public ones, such as `10.0.0.0/8`.",
    ),
    (
        "FANFARE_TRUSTED_PROXIES",
        "list of networks",
        "127.0.0.0/8, ::1/128",
        "Whose `X-Forwarded-For` is believed.",
    ),
    (
        "FANFARE_METRICS_LISTEN",
        "address:port",
        "none: /metrics answers callers on this machine",
        "A listener of its own for `/metrics`, open to whoever reaches it.",
    ),
    (
        "FANFARE_LOG",
        "filter",
        "info",
        "What is logged: `error`, `warn`, `info`, `debug`, or by part, such as `info,fanfare_app=debug`.",
    ),
    (
        "FANFARE_LOG_FORMAT",
        "auto, human or json",
        "auto",
        "`auto` writes for people to a terminal and JSON elsewhere.",
    ),
];

const SECRETS: &[&str] = &[
    "FANFARE_DATABASE_URL",
    "FANFARE_REDIS_URL",
    "FANFARE_S3_URL",
    "FANFARE_SECRET_KEYS",
    "FANFARE_OIDC_CLIENT_SECRET",
    "FANFARE_SMTP_URL",
    "FANFARE_SENDGRID_API_KEY",
];

/// Where the file of all these is; a variable, because it cannot stand in that file.
pub(super) const CONFIG: &str = "FANFARE_CONFIG";
/// Variables that begin so are for the tests.
pub(super) const FOR_TESTS: &str = "FANFARE_TEST_";

/// All variables, the platforms' own included.
pub(super) fn all(platforms: &[Arc<dyn Platform>]) -> Vec<Variable> {
    let fixed = FIXED.iter().map(|(name, form, default, help)| Variable {
        name: (*name).to_owned(),
        form,
        default: (*default).to_owned(),
        help: (*help).to_owned(),
        is_secret: SECRETS.contains(name),
    });
    fixed.chain(platforms.iter().flat_map(of)).collect()
}

/// `FANFARE_<PLATFORM>_<suffix>`.
pub(super) fn of_platform(platform: &str, suffix: &str) -> String {
    format!("FANFARE_{}_{suffix}", platform.to_uppercase())
}

fn of(platform: &Arc<dyn Platform>) -> Vec<Variable> {
    let manifest = platform.manifest();
    let (name, settings) = (manifest.name, &manifest.settings);
    let make = |suffix: &str, form, default: &str, help: String| Variable {
        name: of_platform(manifest.id, suffix),
        form,
        default: default.to_owned(),
        help,
        is_secret: ["VERIFY_TOKEN", "WEBHOOK_SECRET"].contains(&suffix)
            || settings
                .credentials
                .is_some_and(|names| names.secret == suffix),
    };
    let mut found = Vec::new();
    if let Some(names) = settings.credentials {
        found.push(make(
            names.id,
            "text",
            "none",
            format!("The id of your application with {name}."),
        ));
        found.push(make(
            names.secret,
            "text",
            "none",
            format!("The secret of your application with {name}."),
        ));
    }
    if !settings.api_url.is_empty() {
        found.push(make(
            "API_URL",
            "URL",
            settings.api_url,
            format!("Where calls to {name} go."),
        ));
    }
    if !settings.auth_url.is_empty() {
        let help = format!("Where people are sent to consent on {name}.");
        found.push(make("AUTH_URL", "URL", settings.auth_url, help));
    }
    if let Some(version) = settings.api_version {
        found.push(make(
            "API_VERSION",
            "text",
            version,
            format!("Which version of {name}'s API is called."),
        ));
    }
    if platform.webhooks().is_some() {
        let also = manifest
            .settings
            .shares_app_of
            .map(|other| format!(" What is set for `{other}` is taken as well."));
        let also = also.unwrap_or_default();
        found.push(make(
            "VERIFY_TOKEN",
            "list of texts",
            "none",
            format!("What {name} says when it asks whether it may tell us things at `/hooks/{}`: a text without commas that you choose and enter there; several, separated by commas, for several applications.{also}", manifest.id),
        ));
        found.push(make(
            "WEBHOOK_SECRET",
            "list of texts",
            "the application's secret",
            format!("What {name} signs with what it tells us, where that is not the application's secret; several for several applications."),
        ));
    }
    found
}
