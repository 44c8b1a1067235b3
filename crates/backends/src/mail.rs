//! Ways for e-mail to leave.

mod sendgrid;
mod sendgrid_events;
mod smtp;

pub use sendgrid::SendGrid;
pub use sendgrid_events::EventKey;
pub use smtp::{Smtp, SmtpUrlError};
