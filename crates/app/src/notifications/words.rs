//! A notification in words, for mail. The interface has its own, in the language of the browser.

use fanfare_domain::NotificationKind;
use fanfare_store::notifications::Notification;

/// One line.
pub(super) fn in_words(one: &Notification, language: &str) -> String {
    if language == "es" {
        spanish(one)
    } else {
        english(one)
    }
}

/// Where in the interface one looks at it.
pub(super) fn path(one: &Notification) -> String {
    match (one.post, one.kind) {
        (Some(post), _) => format!("posts/{post}"),
        (None, NotificationKind::ConnectionTrouble) => format!("connections/{}", one.subject),
        (None, NotificationKind::SecurityAlert) => "settings/security".to_owned(),
        (None, NotificationKind::EventsUnclaimed) => "webhooks?everything=true".to_owned(),
        (None, _) => "webhooks".to_owned(),
    }
}

fn english(one: &Notification) -> String {
    let title = quoted(&one.title, "“", "”", "a post without text");
    let there = on(one, " on ");
    match (one.kind, one.count) {
        (NotificationKind::PostPublished, _) => format!("Published: {title}"),
        (NotificationKind::PostFailed, 1) => format!("Not published{there}: {title}"),
        (NotificationKind::PostFailed, n) => format!("Publishing failed {n} times: {title}"),
        (NotificationKind::DeliveryNeedsAttention, _) => {
            format!("Somebody has to look whether it is live{there}: {title}")
        }
        (NotificationKind::DeliveryMissed, _) => format!("Its time was missed: {title}"),
        (NotificationKind::PostChangedThere, _) => match one.what.as_deref() {
            Some("removed") => format!("Removed{there}: {title}"),
            _ => format!("Edited{there}: {title}"),
        },
        (NotificationKind::CommentReceived, 1) => format!("A comment{there}: {title}"),
        (NotificationKind::CommentReceived, n) => format!("{n} comments: {title}"),
        (NotificationKind::MentionReceived, 1) => format!("A mention{there}: {title}"),
        (NotificationKind::MentionReceived, n) => format!("{n} mentions: {title}"),
        (NotificationKind::MessageReceived, 1) => format!("A message to {}", one.title),
        (NotificationKind::MessageReceived, n) => format!("{n} messages to {}", one.title),
        (NotificationKind::ConnectionTrouble, _) => format!("{} needs somebody", one.title),
        (NotificationKind::WebhookDisabled, _) => {
            format!("Nothing is sent to {} any more", one.title)
        }
        (NotificationKind::EventsUnclaimed, _) => match one.what.as_deref() {
            None | Some("1") => {
                "1 event waits for an account that no workspace has connected".to_owned()
            }
            Some(n) => format!("{n} events wait for accounts that no workspace has connected"),
        },
        (NotificationKind::SecurityAlert, _) => "Something changed in your account".to_owned(),
    }
}

fn spanish(one: &Notification) -> String {
    let title = quoted(&one.title, "«", "»", "una publicación sin texto");
    let there = on(one, " en ");
    match (one.kind, one.count) {
        (NotificationKind::PostPublished, _) => format!("Publicada: {title}"),
        (NotificationKind::PostFailed, 1) => format!("No se ha publicado{there}: {title}"),
        (NotificationKind::PostFailed, n) => {
            format!("La publicación ha fallado {n} veces: {title}")
        }
        (NotificationKind::DeliveryNeedsAttention, _) => {
            format!("Alguien tiene que mirar si está publicada{there}: {title}")
        }
        (NotificationKind::DeliveryMissed, _) => format!("Se pasó su hora: {title}"),
        (NotificationKind::PostChangedThere, _) => match one.what.as_deref() {
            Some("removed") => format!("Eliminada{there}: {title}"),
            _ => format!("Editada{there}: {title}"),
        },
        (NotificationKind::CommentReceived, 1) => format!("Un comentario{there}: {title}"),
        (NotificationKind::CommentReceived, n) => format!("{n} comentarios: {title}"),
        (NotificationKind::MentionReceived, 1) => format!("Una mención{there}: {title}"),
        (NotificationKind::MentionReceived, n) => format!("{n} menciones: {title}"),
        (NotificationKind::MessageReceived, 1) => format!("Un mensaje para {}", one.title),
        (NotificationKind::MessageReceived, n) => format!("{n} mensajes para {}", one.title),
        (NotificationKind::ConnectionTrouble, _) => format!("{} necesita a alguien", one.title),
        (NotificationKind::WebhookDisabled, _) => {
            format!("Ya no se envía nada a {}", one.title)
        }
        (NotificationKind::EventsUnclaimed, _) => match one.what.as_deref() {
            None | Some("1") => {
                "1 evento espera a una cuenta que ningún espacio ha conectado".to_owned()
            }
            Some(n) => format!("{n} eventos esperan a cuentas que ningún espacio ha conectado"),
        },
        (NotificationKind::SecurityAlert, _) => "Algo ha cambiado en tu cuenta".to_owned(),
    }
}

fn quoted(title: &str, before: &str, after: &str, none: &str) -> String {
    match title {
        "" => none.to_owned(),
        title => format!("{before}{title}{after}"),
    }
}

fn on(one: &Notification, before: &str) -> String {
    one.account
        .as_deref()
        .map(|account| format!("{before}{account}"))
        .unwrap_or_default()
}
