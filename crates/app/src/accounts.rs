//! People: registering, signing in and out at browsers and devices, and who a session's token belongs to.

mod attempts;
mod audit;
mod authenticate;
mod device_tokens;
mod email;
mod log_in;
mod log_out;
mod password;
mod password_words;
mod passwords;
mod register;
mod session;
mod sessions;
mod status;
mod user_agent;

pub use attempts::LoginAttempts;
pub use authenticate::{authenticate, authenticate_person, not_authenticated};
pub use device_tokens::{
    DeviceSignedIn, DeviceSigningIn, is_access_token, refresh_device, sign_in_device,
};
pub(crate) use email::checked_email;
pub use log_in::log_in;
pub use log_out::log_out;
pub use passwords::Passwords;
pub use register::{Registration, register};
pub(crate) use register::{checked, taken_or_broken};
pub use session::{SESSION_DAYS, SessionToken, Shown, SignedIn, Visitor};
pub(crate) use session::{begin, hash, new_token};
pub use sessions::{ListedSession, list_sessions, revoke_other_sessions, revoke_session};
pub use status::{Status, status};

pub use fanfare_store::users::User;
