//! What can be asked of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use fanfare_domain::WorkspaceId;
use fanfare_domain::webhook::{TestKind, WebhookStatus};
use jiff::Timestamp;
use url::Url;

use crate::config::Overrides;

/// Compose once, publish everywhere, on time and exactly once.
#[derive(Debug, Parser)]
#[command(name = "fanfare", version, about, arg_required_else_help = true)]
pub struct CommandLine {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub place: Place,
}

/// Where this installation's settings and data are.
#[derive(Debug, Args)]
pub struct Place {
    /// A TOML file with settings
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of the embedded database, media and generated secrets
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the interface, and work off jobs
    Serve(ServeOptions),
    /// Work off jobs only, beside other processes on one PostgreSQL
    Worker,
    /// Bring the database's tables up to date, or take them back
    Migrate {
        #[command(subcommand)]
        direction: Migration,
    },
    /// Check the whole installation, and say what to mend
    Doctor,
    /// Check the settings, or explain them
    Config {
        #[command(subcommand)]
        question: ConfigQuestion,
    },
    /// Renew the access to connected accounts
    Tokens {
        #[command(subcommand)]
        question: TokenQuestion,
    },
    /// Change the keys that seal tokens, or see what they seal
    Keys {
        #[command(subcommand)]
        question: KeyQuestion,
    },
    /// See people's accounts, and help those who cannot sign in
    Users {
        #[command(subcommand)]
        question: UsersQuestion,
    },
    /// Verify or read the audit log
    Audit {
        #[command(subcommand)]
        question: AuditQuestion,
    },
    /// Move pictures and videos into a bucket, or back
    Media {
        #[command(subcommand)]
        question: MediaQuestion,
    },
    /// Take down what mail servers tell, and write again to an address that was left alone
    Mail {
        #[command(subcommand)]
        question: MailQuestion,
    },
    /// Try out whether platforms are heard, or have what they told worked off again
    Webhooks {
        #[command(subcommand)]
        question: WebhooksQuestion,
    },
    /// Serve only the pretend platforms
    Sandbox {
        /// Where, as address:port
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<String>,
        /// Where webhooks are sent, as http://127.0.0.1:8080/hooks
        #[arg(long, value_name = "URL")]
        hooks: Option<Url>,
    },
    /// Print the API's description (OpenAPI 3.1)
    Openapi,
    /// Print the list of error codes
    ErrorCodes,
    /// Print which roles may do what
    Permissions,
}

#[derive(Debug, Args)]
pub struct ServeOptions {
    /// Where, as address:port
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Where people and platforms reach this installation
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Serve pretend platforms too, whatever is configured
    #[arg(long, overrides_with = "no_sandbox")]
    pub sandbox: bool,
    /// Serve no pretend platforms
    #[arg(long, overrides_with = "sandbox")]
    pub no_sandbox: bool,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Migration {
    /// Apply what is missing
    Up,
    /// Take back everything above a version, and the data in it
    Down {
        /// The last version to keep; 0 keeps nothing
        #[arg(long, value_name = "VERSION")]
        to: i64,
        /// Needed, because data is lost
        #[arg(long)]
        yes: bool,
    },
    /// List what is applied
    Status,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum MediaQuestion {
    /// Move all that is kept, while Fanfare runs or not
    Move {
        /// Whereto
        #[arg(long, value_enum, default_value_t = Whereto::Bucket)]
        to: Whereto,
        /// Only tell how much that would be
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Whereto {
    /// The bucket of FANFARE_S3_URL
    Bucket,
    /// The data folder
    Disk,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigQuestion {
    /// Say whether the settings can be used
    Check,
    /// Explain every setting (Markdown)
    Reference,
    /// Describe the file for editors (JSON schema)
    Schema,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum TokenQuestion {
    /// Renew what is due, as a running Fanfare does by itself
    Refresh {
        /// Only tell what is due
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum KeyQuestion {
    /// List the keys and what each seals
    List,
    /// Make a new key and seal everything anew with it, while Fanfare runs
    Rotate,
    /// Throw a key away that seals nothing any more
    Drop {
        /// Its number
        #[arg(value_name = "KEY")]
        key: u8,
    },
    /// Give up what a lost key sealed
    Forget {
        /// Its number
        #[arg(value_name = "KEY")]
        key: u8,
        /// Needed, because accounts have to be connected again
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum UsersQuestion {
    /// List everybody
    List,
    /// Shut somebody out and end all their sessions
    Disable { email: String },
    /// Let somebody in again
    Enable { email: String },
    /// Make somebody administrator of this installation
    MakeAdmin { email: String },
    /// Take that back
    UnmakeAdmin { email: String },
    /// Switch two-factor authentication off for somebody who has lost device and backup codes
    WithoutTwoFactor { email: String },
    /// End all sessions of somebody, and give them a link to choose a new password
    ResetPassword { email: String },
}

#[derive(Debug, Clone, Subcommand)]
pub enum AuditQuestion {
    /// Find out whether events were changed, are missing, or were moved
    Verify {
        /// Only this workspace's log
        #[arg(long, value_name = "ID")]
        workspace: Option<WorkspaceId>,
    },
    /// Print the last events of the installation's own log, or of a workspace's
    Show {
        /// This workspace's log
        #[arg(long, value_name = "ID")]
        workspace: Option<WorkspaceId>,
        /// How many
        #[arg(long, value_name = "COUNT", default_value_t = 50)]
        last: u32,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum MailQuestion {
    /// Read from standard input a message that a mail server sent back (RFC 3464), and note what became of ours
    ///
    /// It ends with 0 when the message was taken, with 65 when it is no such message, and with 75 when it cannot be taken down now, so that
    /// the mail server keeps it and tries again.
    Bounce,
    /// Write again to an address that took no mail, or from which a message was called spam
    Release { address: String },
}

#[derive(Debug, Clone, Subcommand)]
pub enum WebhooksQuestion {
    /// Send what a platform would send, signed as it would sign it
    SendTest(TestOptions),
    /// Have events worked off once more; what took effect before changes nothing again
    Replay(ReplayOptions),
    /// Read from the platforms what was missed, and add it; what is known changes nothing
    Repair(RepairOptions),
}

/// What is to be seen to arrive. It changes nothing.
#[derive(Debug, Clone, Args)]
pub struct TestOptions {
    /// Such as facebook
    pub platform: String,
    /// The page, account or number that it is about
    #[arg(long, value_name = "ID", default_value = "0")]
    pub account: String,
    /// Such as comment, message or post; what the platform tells most when left out
    #[arg(long, value_parser = test_kind)]
    pub kind: Option<TestKind>,
    /// Where Fanfare is reached
    #[arg(long, value_name = "URL")]
    pub url: Option<Url>,
}

/// Where something was missed.
#[derive(Debug, Clone, Args)]
pub struct RepairOptions {
    #[arg(long, value_name = "ID")]
    pub platform: Option<String>,
    /// The page or account, as the platform calls it
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// From when on; from when something was last heard of each when left out
    #[arg(long, value_name = "TIME")]
    pub since: Option<Timestamp>,
}

/// Which events are meant.
#[derive(Debug, Clone, Args)]
pub struct ReplayOptions {
    /// `processed`, `failed` or `dead_letter`
    #[arg(long, value_parser = webhook_status)]
    pub status: Option<WebhookStatus>,
    #[arg(long, value_name = "ID")]
    pub platform: Option<String>,
    /// Such as feed.comment.add
    #[arg(long)]
    pub kind: Option<String>,
    /// The page, account or number, as the platform calls it
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Received at this time or later, such as 2026-11-26T09:00:00Z
    #[arg(long, value_name = "TIME")]
    pub from: Option<Timestamp>,
    /// Received before this time
    #[arg(long, value_name = "TIME")]
    pub to: Option<Timestamp>,
    /// Only tell what would change
    #[arg(long)]
    pub dry_run: bool,
}

fn test_kind(text: &str) -> Result<TestKind, String> {
    let names: Vec<&str> = TestKind::ALL.iter().map(|kind| kind.as_str()).collect();
    TestKind::parse(text).ok_or_else(|| format!("a test is one of {}", names.join(", ")))
}

fn webhook_status(text: &str) -> Result<WebhookStatus, String> {
    WebhookStatus::parse(text).ok_or_else(|| {
        "an event is pending, processing, processed, failed or dead_letter".to_owned()
    })
}

impl CommandLine {
    /// The settings that were given as options.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        let mut overrides = Overrides {
            config: self.place.config.clone(),
            data: self.place.data.clone(),
            ..Overrides::default()
        };
        match &self.command {
            Command::Serve(options) => {
                overrides.listen.clone_from(&options.listen);
                overrides.public_url.clone_from(&options.public_url);
                overrides.sandbox =
                    (options.sandbox || options.no_sandbox).then_some(options.sandbox);
            }
            Command::Sandbox { listen, .. } => overrides.sandbox_listen.clone_from(listen),
            _ => {}
        }
        overrides
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn the_last_word_about_the_sandbox_counts() {
        let sandbox = |options: &[&str]| {
            let words = ["fanfare", "serve"].iter().chain(options);
            CommandLine::parse_from(words).overrides().sandbox
        };
        assert_eq!(sandbox(&[]), None);
        assert_eq!(sandbox(&["--sandbox"]), Some(true));
        assert_eq!(sandbox(&["--no-sandbox"]), Some(false));
        assert_eq!(sandbox(&["--sandbox", "--no-sandbox"]), Some(false));
        assert_eq!(sandbox(&["--no-sandbox", "--sandbox"]), Some(true));
    }
}
