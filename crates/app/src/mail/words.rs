//! What our messages say, in each language, as long as no administrator has said it otherwise.
//!
//! Each is written once here; its HTML and its plain form are both made from it. `{{ … }}` are minijinja's variables.

mod security;

/// One kind of message.
pub(super) struct Words {
    /// As the log, the API and the list of templates name it.
    pub name: &'static str,
    /// What its texts may use.
    pub variables: &'static [&'static str],
    pub en: Text,
    pub es: Text,
}

/// One kind of message in one language.
pub(super) struct Text {
    pub subject: &'static str,
    /// Paragraphs before the link.
    pub before: &'static [&'static str],
    /// What stands on the link to `{{ url }}`; empty where there is none.
    pub button: &'static str,
    /// Paragraphs after it.
    pub after: &'static [&'static str],
}

/// Stands for a list of `lines`, each with a text and a link.
const LINES: &str = "{{ lines }}";
const LINES_PLAIN: &str =
    "{% for line in lines %}- {{ line.text }}\n  {{ line.url }}\n{% endfor %}";
const LINES_HTML: &str = "<ul>\n{% for line in lines %}<li><a href=\"{{ line.url }}\">{{ line.text }}</a></li>\n{% endfor %}</ul>\n";

/// Every kind, in the order in which administrators see them.
pub(super) fn all() -> impl Iterator<Item = &'static Words> {
    LINKS.iter().chain(security::SECURITY).chain(NEWS)
}

/// Whether a message of that kind lets its reader into their account, or tells who else got in.
pub(super) fn is_about_security(kind: &str) -> bool {
    let mut about = LINKS.iter().chain(security::SECURITY);
    kind != INVITATION && about.any(|words| words.name == kind)
}

/// The one link that somebody else asked for.
const INVITATION: &str = "invitation";

/// Links that somebody asked for.
const LINKS: &[Words] = &[
    Words {
        name: "verify_email",
        variables: &["name", "url", "hours"],
        en: Text {
            subject: "Confirm your e-mail address",
            before: &[
                "Hello {{ name }},",
                "confirm that this address is yours, and you can publish with Fanfare.",
            ],
            button: "Confirm the address",
            after: &[
                "The link works for {{ hours }} hours. If you made no account, ignore this message.",
            ],
        },
        es: Text {
            subject: "Confirma tu dirección de correo",
            before: &[
                "Hola, {{ name }}:",
                "confirma que esta dirección es tuya y podrás publicar con Fanfare.",
            ],
            button: "Confirmar la dirección",
            after: &[
                "El enlace funciona durante {{ hours }} horas. Si no has creado ninguna cuenta, ignora este mensaje.",
            ],
        },
    },
    Words {
        name: "reset_password",
        variables: &["name", "url", "minutes"],
        en: Text {
            subject: "Choose a new password",
            before: &[
                "Hello {{ name }},",
                "somebody asked for a new password for your account. If it was you, choose one here:",
            ],
            button: "Choose a new password",
            after: &[
                "The link works once and for {{ minutes }} minutes.",
                "If it was not you, ignore this message: your password stays as it is.",
            ],
        },
        es: Text {
            subject: "Elige una contraseña nueva",
            before: &[
                "Hola, {{ name }}:",
                "alguien ha pedido una contraseña nueva para tu cuenta. Si has sido tú, elígela aquí:",
            ],
            button: "Elegir una contraseña nueva",
            after: &[
                "El enlace funciona una sola vez y durante {{ minutes }} minutos.",
                "Si no has sido tú, ignora este mensaje: tu contraseña no cambia.",
            ],
        },
    },
    Words {
        name: "confirm_old_email",
        variables: &["name", "new_email", "url", "hours"],
        en: Text {
            subject: "Confirm the change of your e-mail address",
            before: &[
                "Hello {{ name }},",
                "your account is to have the address {{ new_email }} from now on. Both addresses have to agree.",
            ],
            button: "Agree to the change",
            after: &[
                "The link works for {{ hours }} hours.",
                "If you did not ask for this, do nothing here, and change your password: somebody knows it.",
            ],
        },
        es: Text {
            subject: "Confirma el cambio de tu dirección de correo",
            before: &[
                "Hola, {{ name }}:",
                "tu cuenta va a tener la dirección {{ new_email }}. Las dos direcciones tienen que aceptarlo.",
            ],
            button: "Aceptar el cambio",
            after: &[
                "El enlace funciona durante {{ hours }} horas.",
                "Si no lo has pedido, no hagas nada aquí y cambia tu contraseña: alguien la conoce.",
            ],
        },
    },
    Words {
        name: "confirm_new_email",
        variables: &["name", "url", "hours"],
        en: Text {
            subject: "Confirm your new e-mail address",
            before: &[
                "Hello {{ name }},",
                "confirm that this address is yours, and your account will have it.",
            ],
            button: "Confirm the address",
            after: &[
                "The link works for {{ hours }} hours. If you have no account with us, ignore this message.",
            ],
        },
        es: Text {
            subject: "Confirma tu nueva dirección de correo",
            before: &[
                "Hola, {{ name }}:",
                "confirma que esta dirección es tuya y tu cuenta la tendrá.",
            ],
            button: "Confirmar la dirección",
            after: &[
                "El enlace funciona durante {{ hours }} horas. Si no tienes cuenta con nosotros, ignora este mensaje.",
            ],
        },
    },
    Words {
        name: INVITATION,
        variables: &["inviter", "workspace", "role", "url", "days"],
        en: Text {
            subject: "You are invited to {{ workspace }}",
            before: &[
                "Hello,",
                "{{ inviter }} invites you to work in {{ workspace }} on Fanfare, as {{ role }}.",
            ],
            button: "Look at the invitation",
            after: &[
                "It stands for {{ days }} days. If you do not know {{ inviter }}, ignore this message.",
            ],
        },
        es: Text {
            subject: "Te invitan a {{ workspace }}",
            before: &[
                "Hola:",
                "{{ inviter }} te invita a trabajar en {{ workspace }} con Fanfare, como {{ role }}.",
            ],
            button: "Ver la invitación",
            after: &[
                "Vale durante {{ days }} días. Si no conoces a {{ inviter }}, ignora este mensaje.",
            ],
        },
    },
    Words {
        name: "recover_two_factor",
        variables: &["name", "url", "stop_url", "available_at"],
        en: Text {
            subject: "Your account without its second step",
            before: &[
                "Hello {{ name }},",
                "somebody who knows your password says that your device is lost. From {{ available_at }} on, this link lets you in \
                 without the second step and switches it off:",
            ],
            button: "Sign in without the second step",
            after: &[
                "If it was not you, stop it at once: {{ stop_url }}",
                "Then change your password: somebody knows it.",
            ],
        },
        es: Text {
            subject: "Tu cuenta sin el segundo paso",
            before: &[
                "Hola, {{ name }}:",
                "alguien que conoce tu contraseña dice que ha perdido tu dispositivo. A partir del {{ available_at }}, este enlace te \
                 deja entrar sin el segundo paso y lo desactiva:",
            ],
            button: "Entrar sin el segundo paso",
            after: &[
                "Si no has sido tú, detenlo ahora mismo: {{ stop_url }}",
                "Después cambia tu contraseña: alguien la conoce.",
            ],
        },
    },
];

/// What happens to posts, accounts and webhooks; and the test.
const NEWS: &[Words] = &[
    Words {
        name: "webhook_disabled",
        variables: &[
            "name",
            "address",
            "workspace",
            "problem",
            "url",
            "unsubscribe_url",
        ],
        en: Text {
            subject: "A webhook of {{ workspace }} was disabled",
            before: &[
                "Hello {{ name }},",
                "nothing more is sent to {{ address }}, a webhook of {{ workspace }}. {{ problem }}",
                "Once it works again, enable it and send again what it missed.",
            ],
            button: "Look at the webhooks",
            after: &["No more messages about webhooks: {{ unsubscribe_url }}"],
        },
        es: Text {
            subject: "Se ha desactivado un webhook de {{ workspace }}",
            before: &[
                "Hola, {{ name }}:",
                "ya no se envía nada a {{ address }}, un webhook de {{ workspace }}. {{ problem }}",
                "Cuando vuelva a funcionar, actívalo y envía de nuevo lo que se perdió.",
            ],
            button: "Ver los webhooks",
            after: &["No recibir más mensajes sobre webhooks: {{ unsubscribe_url }}"],
        },
    },
    Words {
        name: "connection_trouble",
        variables: &[
            "name",
            "account",
            "platform",
            "workspace",
            "problem",
            "url",
            "unsubscribe_url",
        ],
        en: Text {
            subject: "{{ account }} on {{ platform }} needs you",
            before: &[
                "Hello {{ name }},",
                "the account {{ account }} on {{ platform }}, connected in {{ workspace }}, needs somebody to look at it. {{ problem }}",
                "Posts to it wait or fail until then.",
            ],
            button: "Look at the connection",
            after: &[
                "You are told once each time. No more messages about connections: {{ unsubscribe_url }}",
            ],
        },
        es: Text {
            subject: "{{ account }} en {{ platform }} te necesita",
            before: &[
                "Hola, {{ name }}:",
                "la cuenta {{ account }} de {{ platform }}, conectada en {{ workspace }}, necesita que alguien la mire. {{ problem }}",
                "Hasta entonces, sus publicaciones esperan o fallan.",
            ],
            button: "Ver la conexión",
            after: &[
                "Se avisa una sola vez cada vez. No recibir más mensajes sobre conexiones: {{ unsubscribe_url }}",
            ],
        },
    },
    Words {
        name: "notifications",
        variables: &[
            "name",
            "workspace",
            "count",
            "lines",
            "url",
            "unsubscribe_url",
        ],
        en: Text {
            subject: "{{ workspace }}: {% if count == 1 %}one thing{% else %}{{ count }} things{% endif %} to look at",
            before: &[
                "Hello {{ name }},",
                "this happened in {{ workspace }}:",
                LINES,
            ],
            button: "See everything",
            after: &["No more messages like this one: {{ unsubscribe_url }}"],
        },
        es: Text {
            subject: "{{ workspace }}: {% if count == 1 %}una cosa{% else %}{{ count }} cosas{% endif %} que mirar",
            before: &[
                "Hola, {{ name }}:",
                "esto ha pasado en {{ workspace }}:",
                LINES,
            ],
            button: "Verlo todo",
            after: &["No recibir más mensajes como este: {{ unsubscribe_url }}"],
        },
    },
    Words {
        name: "test",
        variables: &["sender"],
        en: Text {
            subject: "Fanfare can send mail",
            before: &[
                "Hello,",
                "{{ sender }} sent this to see whether mail arrives. It does.",
            ],
            button: "",
            after: &[],
        },
        es: Text {
            subject: "Fanfare puede enviar correo",
            before: &[
                "Hola:",
                "{{ sender }} ha enviado esto para ver si llega el correo. Llega.",
            ],
            button: "",
            after: &[],
        },
    },
];

/// The languages that messages are written in.
pub const LANGUAGES: [&str; 2] = ["en", "es"];

pub(super) fn named(name: &str) -> Option<&'static Words> {
    all().find(|words| words.name == name)
}

impl Words {
    pub fn text(&self, language: &str) -> &Text {
        if language == "es" { &self.es } else { &self.en }
    }
}

impl Text {
    /// The plain form, as a template.
    pub fn plain(&self) -> String {
        let link = (!self.button.is_empty()).then_some("{{ url }}");
        let parts: Vec<&str> = self
            .before
            .iter()
            .copied()
            .chain(link)
            .chain(self.after.iter().copied())
            .map(|part| if part == LINES { LINES_PLAIN } else { part })
            .collect();
        parts.join("\n\n") + "\n"
    }

    /// The HTML form, as a template; what surrounds it is the same for all.
    pub fn html(&self) -> String {
        let paragraph = |text: &&str| match *text {
            LINES => LINES_HTML.to_owned(),
            text => format!("<p>{text}</p>\n"),
        };
        let link = match self.button {
            "" => String::new(),
            label => format!("<p><a class=\"button\" href=\"{{{{ url }}}}\">{label}</a></p>\n"),
        };
        let (before, after): (String, String) = (
            self.before.iter().map(paragraph).collect(),
            self.after.iter().map(paragraph).collect(),
        );
        before + &link + &after
    }
}
