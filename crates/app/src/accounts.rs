//! People: registering, signing in and out at browsers and devices, and who a session's token belongs to.

mod administer;
mod alerts;
mod audit;
mod authenticate;
mod change_email;
mod codes;
mod delete;
mod device_tokens;
mod email;
mod export;
mod fresh;
mod log_in;
mod log_out;
pub mod oidc;
mod own;
#[cfg(feature = "passkeys")]
pub mod passkeys;
mod password;
mod passwords;
mod register;
mod reset;
mod second_step;
mod session;
mod sessions;
mod status;
mod tokens;
mod two_factor;
mod user_agent;
mod verify;
mod ways_in;

pub use administer::{
    AccountChange, ResetLink, change_person, people, person_with, reset_somebodys_password,
};
pub(crate) use authenticate::two_factor_required;
pub use authenticate::{Wanted, authenticate, authenticate_person, not_authenticated};
pub use change_email::{Agreement, PendingEmail, cancel_email_change, change_email, confirm_email};
pub use codes::NewSecret;
pub use delete::delete_account;
pub use device_tokens::{
    DeviceSignedIn, DeviceSigningIn, is_access_token, refresh_device, sign_in_device,
};
pub(crate) use email::{checked_email, normal as normal_email};
pub use export::export;
pub use log_in::{LoggedIn, log_in};
pub use log_out::log_out;
pub use own::{Account, account, change_account, change_password};
pub use passwords::Passwords;
pub use register::{Registration, enter_made, register};
pub(crate) use register::{checked, taken_or_broken};
pub(crate) use reset::SendResetLink;
pub use reset::{forgot_password, reset_password};
pub use second_step::{begin_recovery, log_in_second_step, recover, stop_recovery};
pub use session::{SESSION_DAYS, SessionToken, Shown, SignedIn, Visitor};
pub(crate) use session::{begin, hash, new_token};
pub use sessions::{ListedSession, list_sessions, revoke_other_sessions, revoke_session};
pub use status::{Status, status};
pub use two_factor::{begin_two_factor, disable_two_factor, new_backup_codes, verify_two_factor};
pub use verify::{resend_verification, verify_email};

pub use verify::is_verified;
pub(crate) use verify::{not_verified, send_link};

pub use fanfare_store::users::{User, UserInList};
