//! Which way messages leave.

use std::sync::Arc;

use fanfare_domain::mail::{MailSender, MailTransport};

/// How this installation writes to people.
pub struct Mail {
    pub route: MailRoute,
    pub from: MailSender,
    /// Messages a minute, at most, from one process.
    pub per_minute: u32,
}

/// Where messages go.
#[derive(Clone)]
pub enum MailRoute {
    Transport(Arc<dyn MailTransport>),
    /// Nowhere: they are shown in the interface. So it is in the sandbox.
    Mailbox,
    /// There is no mail. Links that would have been sent are shown to copy instead.
    None,
}

impl Default for Mail {
    /// No mail.
    fn default() -> Self {
        Self {
            route: MailRoute::None,
            from: MailSender {
                name: "Fanfare".to_owned(),
                address: "fanfare@localhost".to_owned(),
            },
            per_minute: 100,
        }
    }
}

impl Mail {
    /// Whether somebody can be written to at all.
    #[must_use]
    pub fn can_send(&self) -> bool {
        !matches!(self.route, MailRoute::None)
    }

    /// Whether what arrives proves that the address is somebody's: what only shows in the interface proves nothing.
    #[must_use]
    pub fn arrives(&self) -> bool {
        matches!(self.route, MailRoute::Transport(_))
    }

    /// `smtp`, `sendgrid`, `mailbox` or `none`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match &self.route {
            MailRoute::Transport(transport) => transport.name(),
            MailRoute::Mailbox => "mailbox",
            MailRoute::None => "none",
        }
    }

    /// Whether what was sent stays to be read in the interface.
    pub(super) fn keeps_bodies(&self) -> bool {
        matches!(self.route, MailRoute::Mailbox)
    }
}
