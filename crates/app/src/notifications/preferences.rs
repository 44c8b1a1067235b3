//! Of what a person wants to be told, and by which ways: the same in all their workspaces.

use fanfare_domain::{ErrorCode, NotificationChannel, NotificationKind, UserId};
use fanfare_store::Tx;
use fanfare_store::notification_preferences::{self, Said};

use crate::{App, AppError, Person, Result};

/// How it stands with one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    pub kind: NotificationKind,
    pub in_app: bool,
    pub email: bool,
}

/// Every kind, in its order.
pub async fn preferences(app: &App, person: &Person) -> Result<Vec<Preference>> {
    let mut tx = app.store.as_system("what somebody wants").read().await?;
    look(&mut tx, person.user.id).await
}

/// Saves what is said about some kinds; the others stay as they are.
///
/// # Errors
/// `invalid_input` when security alerts are to be silenced.
pub async fn prefer(
    app: &App,
    person: &Person,
    changes: &[(NotificationKind, Option<bool>, Option<bool>)],
) -> Result<Vec<Preference>> {
    let now = app.now();
    let mut tx = app.store.as_system("what somebody wants").write().await?;
    for (kind, in_app, email) in changes {
        let said = [
            (NotificationChannel::InApp, *in_app),
            (NotificationChannel::Email, *email),
        ];
        for (channel, wanted) in said {
            let Some(wanted) = wanted else { continue };
            if kind.is_fixed() && !wanted {
                return Err(AppError::invalid_field(
                    "preferences",
                    ErrorCode::NotAllowed,
                    "Security alerts always come: whoever took your account over would silence them.",
                ));
            }
            let said = Said {
                kind: *kind,
                channel,
                wanted,
            };
            notification_preferences::set(&mut tx, person.user.id, said, now).await?;
        }
    }
    let all = look(&mut tx, person.user.id).await?;
    tx.commit().await?;
    Ok(all)
}

async fn look(tx: &mut Tx, user: UserId) -> Result<Vec<Preference>> {
    let said = notification_preferences::of_user(tx, user).await?;
    let wanted = |kind: NotificationKind, channel: NotificationChannel| {
        said.iter()
            .find(|one| one.kind == kind && one.channel == channel)
            .map_or_else(|| kind.by_default(channel), |one| one.wanted)
    };
    let preference = |kind: &NotificationKind| Preference {
        kind: *kind,
        in_app: wanted(*kind, NotificationChannel::InApp),
        email: wanted(*kind, NotificationChannel::Email),
    };
    Ok(NotificationKind::ALL.iter().map(preference).collect())
}
