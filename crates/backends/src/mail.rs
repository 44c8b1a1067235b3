//! Ways for e-mail to leave.

mod sendgrid;
mod smtp;

pub use sendgrid::SendGrid;
pub use smtp::{Smtp, SmtpUrlError};
