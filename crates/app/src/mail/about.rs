//! When each kind of message is sent, for whoever changes what it says. The interface says it in the reader's language.

/// Of a kind of message that there is.
pub(super) fn about(name: &str) -> &'static str {
    match name {
        "verify_email" => {
            "Sent to somebody who made an account, to prove that the address is theirs."
        }
        "reset_password" => "Sent to somebody who has forgotten the password.",
        "confirm_old_email" => "Sent to the present address of somebody who wants another one.",
        "confirm_new_email" => "Sent to the address that somebody wants to have from now on.",
        "invitation" => "Sent to somebody who is invited into a workspace.",
        "recover_two_factor" => {
            "Sent to somebody who says that the device for the second step is lost."
        }
        "password_changed" => "A security alert: the password was changed.",
        "email_changed" => "A security alert to the old address: the account has another one now.",
        "two_factor_on" => "A security alert: signing in takes a second step now.",
        "two_factor_off" => "A security alert: signing in takes no second step any more.",
        "two_factor_taken_off" => {
            "A security alert: an administrator switched the second step of signing in off."
        }
        "recovery_stopped" => {
            "A security alert: the recovery of an account whose device was lost is stopped."
        }
        "backup_codes_made" => {
            "A security alert: there are new backup codes, and the old ones work no more."
        }
        "backup_code_used" => "A security alert: somebody signed in with a backup code.",
        "sign_in_linked" => {
            "A security alert: the account can be signed in to with another provider now."
        }
        "sign_in_unlinked" => {
            "A security alert: a sign-in with another provider leads into the account no more."
        }
        "passkey_added" => "A security alert: there is a new passkey.",
        "passkey_removed" => "A security alert: a passkey is gone.",
        "passkey_refused" => {
            "A security alert: a passkey that looks copied was used, and nobody was let in."
        }
        "new_sign_in" => {
            "A security alert: somebody signed in with a browser or device that was not seen before."
        }
        "api_key_made" => "A security alert: an API key was made that acts in the person's name.",
        "connection_trouble" => {
            "Sent to owners and admins when a connected account works no more, or ends soon."
        }
        "webhook_disabled" => {
            "Sent to owners and admins when nothing more is sent to a webhook, because it is gone or only fails."
        }
        "notifications" => {
            "Sent to people about what happened to posts and accounts, gathered for five minutes, as each of them wants it."
        }
        "test" => "Sent by an administrator to see whether mail arrives.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::all;
    use super::*;

    #[test]
    fn every_kind_of_message_is_explained() {
        for words in all() {
            assert_ne!(about(words.name), "", "{}", words.name);
        }
    }
}
