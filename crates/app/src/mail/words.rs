//! What our messages say, in each language, as long as no administrator has said it otherwise.
//!
//! Each is written once here; its HTML and its plain form are both made from it. `{{ … }}` are minijinja's variables.

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

pub(super) const ALL: &[Words] = &[
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
        name: "invitation",
        variables: &["inviter", "workspace", "role", "url", "days"],
        en: Text {
            subject: "{{ inviter }} invites you to {{ workspace }}",
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
            subject: "{{ inviter }} te invita a {{ workspace }}",
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
    Words {
        name: "password_changed",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "Your password was changed",
            before: &[
                "Hello {{ name }},",
                "the password of your account was changed on {{ at }}, from {{ ip }}.",
            ],
            button: "",
            after: &["If it was not you, choose another one at once: {{ url }}"],
        },
        es: Text {
            subject: "Tu contraseña ha cambiado",
            before: &[
                "Hola, {{ name }}:",
                "la contraseña de tu cuenta cambió el {{ at }}, desde {{ ip }}.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "email_changed",
        variables: &["name", "new_email"],
        en: Text {
            subject: "Your e-mail address was changed",
            before: &[
                "Hello {{ name }},",
                "your account has the address {{ new_email }} from now on; you sign in with it.",
            ],
            button: "",
            after: &["If it was not you, write to whoever runs this installation."],
        },
        es: Text {
            subject: "Tu dirección de correo ha cambiado",
            before: &[
                "Hola, {{ name }}:",
                "tu cuenta tiene ahora la dirección {{ new_email }}; entras con ella.",
            ],
            button: "",
            after: &["Si no has sido tú, escribe a quien administra esta instalación."],
        },
    },
    Words {
        name: "two_factor_on",
        variables: &["name", "at", "ip"],
        en: Text {
            subject: "Two-factor authentication is on",
            before: &[
                "Hello {{ name }},",
                "since {{ at }} signing in to your account takes a code too. It was switched on from {{ ip }}.",
            ],
            button: "",
            after: &["Keep the backup codes where you find them without your device."],
        },
        es: Text {
            subject: "La verificación en dos pasos está activada",
            before: &[
                "Hola, {{ name }}:",
                "desde el {{ at }}, para entrar en tu cuenta hace falta también un código. Se activó desde {{ ip }}.",
            ],
            button: "",
            after: &["Guarda los códigos de respaldo donde los encuentres sin tu dispositivo."],
        },
    },
    Words {
        name: "two_factor_off",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "Two-factor authentication is off",
            before: &[
                "Hello {{ name }},",
                "since {{ at }} the password alone opens your account. It was switched off from {{ ip }}.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "La verificación en dos pasos está desactivada",
            before: &[
                "Hola, {{ name }}:",
                "desde el {{ at }}, basta la contraseña para abrir tu cuenta. Se desactivó desde {{ ip }}.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "backup_codes_made",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "You have new backup codes",
            before: &[
                "Hello {{ name }},",
                "ten new backup codes were made on {{ at }}, from {{ ip }}. The old ones work no more.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "Tienes códigos de respaldo nuevos",
            before: &[
                "Hola, {{ name }}:",
                "el {{ at }} se crearon diez códigos de respaldo nuevos, desde {{ ip }}. Los anteriores ya no funcionan.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "backup_code_used",
        variables: &["name", "at", "ip", "left", "url"],
        en: Text {
            subject: "A backup code was used",
            before: &[
                "Hello {{ name }},",
                "somebody signed in to your account with a backup code on {{ at }}, from {{ ip }}. {{ left }} are left.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "Se ha usado un código de respaldo",
            before: &[
                "Hola, {{ name }}:",
                "alguien entró en tu cuenta con un código de respaldo el {{ at }}, desde {{ ip }}. Quedan {{ left }}.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "sign_in_linked",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "Another sign-in leads into your account",
            before: &[
                "Hello {{ name }},",
                "since {{ at }} one can sign in to your account with another provider. It was linked from {{ ip }}.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "Otra forma de entrar en tu cuenta",
            before: &[
                "Hola, {{ name }}:",
                "desde el {{ at }}, se puede entrar en tu cuenta con otro proveedor. Se vinculó desde {{ ip }}.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "sign_in_unlinked",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "A sign-in was unlinked from your account",
            before: &[
                "Hello {{ name }},",
                "at {{ at }} a sign-in with another provider was unlinked from your account, from {{ ip }}.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "Se desvinculó una forma de entrar",
            before: &[
                "Hola, {{ name }}:",
                "el {{ at }} se desvinculó de tu cuenta el acceso con otro proveedor, desde {{ ip }}.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "passkey_added",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "There is a new passkey for your account",
            before: &[
                "Hello {{ name }},",
                "at {{ at }} a passkey was added to your account, from {{ ip }}. It opens the account without the password.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "Hay una clave de acceso nueva en tu cuenta",
            before: &[
                "Hola, {{ name }}:",
                "el {{ at }} se añadió a tu cuenta una clave de acceso, desde {{ ip }}. Abre la cuenta sin la contraseña.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "passkey_removed",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "A passkey was removed from your account",
            before: &[
                "Hello {{ name }},",
                "at {{ at }} a passkey was removed from your account, from {{ ip }}.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "Se quitó una clave de acceso de tu cuenta",
            before: &[
                "Hola, {{ name }}:",
                "el {{ at }} se quitó una clave de acceso de tu cuenta, desde {{ ip }}.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "passkey_refused",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "A passkey of yours may have been copied",
            before: &[
                "Hello {{ name }},",
                "at {{ at }} somebody at {{ ip }} tried to sign in with a passkey of yours that looks copied. They were not let in. Remove it in your security settings.",
            ],
            button: "",
            after: &["If it was not you, choose another password at once: {{ url }}"],
        },
        es: Text {
            subject: "Puede que alguien haya copiado una clave de acceso tuya",
            before: &[
                "Hola, {{ name }}:",
                "el {{ at }} alguien intentó entrar desde {{ ip }} con una clave de acceso tuya que parece copiada. No se le dejó pasar. Quítala en los ajustes de seguridad.",
            ],
            button: "",
            after: &["Si no has sido tú, elige otra contraseña ahora mismo: {{ url }}"],
        },
    },
    Words {
        name: "new_sign_in",
        variables: &["name", "browser", "at", "ip", "url"],
        en: Text {
            subject: "New sign-in from {{ browser }}",
            before: &[
                "Hello {{ name }},",
                "somebody signed in to your account with {{ browser }} on {{ at }}, from {{ ip }}. It was not used here before.",
            ],
            button: "",
            after: &[
                "If it was you, there is nothing to do. If not, choose another password at once: {{ url }}",
            ],
        },
        es: Text {
            subject: "Nuevo inicio de sesión con {{ browser }}",
            before: &[
                "Hola, {{ name }}:",
                "alguien entró en tu cuenta con {{ browser }} el {{ at }}, desde {{ ip }}. No se había usado aquí antes.",
            ],
            button: "",
            after: &[
                "Si has sido tú, no tienes que hacer nada. Si no, elige otra contraseña ahora mismo: {{ url }}",
            ],
        },
    },
    Words {
        name: "api_key_made",
        variables: &["name", "key", "workspace", "at", "url"],
        en: Text {
            subject: "An API key was made: {{ key }}",
            before: &[
                "Hello {{ name }},",
                "on {{ at }} the API key “{{ key }}” was made in {{ workspace }}. Whoever has it acts in your name there.",
            ],
            button: "See the API keys",
            after: &["If it was not you, revoke the key and choose another password."],
        },
        es: Text {
            subject: "Se ha creado una clave de API: {{ key }}",
            before: &[
                "Hola, {{ name }}:",
                "el {{ at }} se creó la clave de API «{{ key }}» en {{ workspace }}. Quien la tenga actúa allí en tu nombre.",
            ],
            button: "Ver las claves de API",
            after: &["Si no has sido tú, revoca la clave y elige otra contraseña."],
        },
    },
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
    ALL.iter().find(|words| words.name == name)
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
