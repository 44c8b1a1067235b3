//! What is written to people about the safety of their accounts.

use super::{Text, Words};

pub(super) const SECURITY: &[Words] = &[
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
        name: "two_factor_taken_off",
        variables: &["name", "at", "url"],
        en: Text {
            subject: "An administrator switched two-factor authentication off",
            before: &[
                "Hello {{ name }},",
                "since {{ at }} the password alone opens your account: an administrator of this installation switched the second step off.",
            ],
            button: "",
            after: &[
                "If you did not ask for it, write to whoever runs this installation, and choose another password: {{ url }}",
            ],
        },
        es: Text {
            subject: "Un administrador ha desactivado tu verificación en dos pasos",
            before: &[
                "Hola, {{ name }}:",
                "desde el {{ at }}, basta la contraseña para abrir tu cuenta: un administrador de esta instalación desactivó el segundo paso.",
            ],
            button: "",
            after: &[
                "Si no lo has pedido, escribe a quien administra esta instalación y elige otra contraseña: {{ url }}",
            ],
        },
    },
    Words {
        name: "recovery_stopped",
        variables: &["name", "at", "ip", "url"],
        en: Text {
            subject: "The recovery of your account was stopped",
            before: &[
                "Hello {{ name }},",
                "on {{ at }} the recovery of your account, which was begun without your device, was stopped from {{ ip }}. Nobody gets in by it.",
            ],
            button: "",
            after: &[
                "Whoever began it knew your password. If that was not you, choose another one at once: {{ url }}",
            ],
        },
        es: Text {
            subject: "Se ha detenido la recuperación de tu cuenta",
            before: &[
                "Hola, {{ name }}:",
                "el {{ at }} se detuvo desde {{ ip }} la recuperación de tu cuenta que se había iniciado sin tu dispositivo. Nadie entrará por ella.",
            ],
            button: "",
            after: &[
                "Quien la inició sabía tu contraseña. Si no fuiste tú, elige otra ahora mismo: {{ url }}",
            ],
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
];
