//! E-mail: what is written to people, by which way it leaves, and what an administrator sees and changes of it.
//!
//! A message is a row, written in the transaction of what it tells of, and a job that carries it away. Its bodies lie sealed until then.

mod about;
mod administer;
mod letter;
mod queue;
mod report;
mod returned;
mod route;
mod send;
mod suppressions;
mod template;
mod trial;
mod unsubscribe;
mod words;

pub use administer::{
    Overview, TemplateText, TemplateView, change_template, message, messages, overview,
    reset_template, retry, template, templates,
};
pub use letter::Letter;
pub use report::take_reports;
pub use returned::{TakenDown, take_returned};
pub use route::{Mail, MailRoute};
pub use suppressions::{release, suppressions};
pub use template::Rendered;
pub use trial::{preview, send_template, send_test};
pub use unsubscribe::{MailPreference, prefer, preference};
pub use words::LANGUAGES;

pub(crate) use queue::{forget_bodies, post};
pub(crate) use send::SendMail;
pub(crate) use unsubscribe::{CONNECTION_TROUBLE, NOTIFICATIONS, post_with_way_out};

pub use fanfare_domain::mail::MailStatus;
pub use fanfare_store::mail_messages::MailMessage;
pub use fanfare_store::mail_suppressions::Suppression;
pub use fanfare_store::mail_templates::MailTemplate;
