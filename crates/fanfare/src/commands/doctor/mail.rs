//! Whether messages by e-mail could leave.

use super::Finding::{self, Good, Remarkable, Wrong};
use crate::config::Config;
use crate::wiring;

pub(super) async fn examine(config: &Config) -> Finding {
    let transport = match wiring::mail_transport(&config.mail) {
        Ok(Some(transport)) => transport,
        Ok(None) => {
            return Remarkable(
                "No mail is configured: links that would be sent are shown to copy instead. Set FANFARE_SMTP_URL or \
                 FANFARE_SENDGRID_API_KEY."
                    .to_owned(),
            );
        }
        Err(error) => return Wrong(format!("The settings of mail cannot be used: {error:#}.")),
    };
    let name = transport.name();
    match transport.check().await {
        Ok(()) => Good(format!("Mail can leave by {name}.")),
        Err(failure) => Wrong(format!(
            "Mail cannot leave by {name}: {failure}. Check the address, name and password of the mail server, and that this machine \
             may reach it."
        )),
    }
}
