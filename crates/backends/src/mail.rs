//! Ways for e-mail to leave.

mod returned;
mod sendgrid;
mod sendgrid_events;
mod smtp;

pub use returned::{LONGEST_NOTICE, NoNotice, read_notice};
pub use sendgrid::SendGrid;
pub use sendgrid_events::EventKey;
pub use smtp::{Smtp, SmtpUrlError};

/// Whether somewhere in these words stands the code (RFC 3463) of an address that does not exist.
fn says_no_such_mailbox(words: &str) -> bool {
    let codes = words.split(|c: char| c != '.' && !c.is_ascii_digit());
    codes
        .map(|code| code.trim_matches('.'))
        .any(|code| matches!(code, "5.1.1" | "5.1.2" | "5.1.10"))
}
