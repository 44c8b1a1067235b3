//! People: registering, signing in and out, and who a session's token belongs to.

mod attempts;
mod audit;
mod authenticate;
mod email;
mod log_in;
mod log_out;
mod password;
mod password_words;
mod passwords;
mod register;
mod session;
mod status;

pub use attempts::LoginAttempts;
pub use authenticate::{authenticate, authenticate_person, not_authenticated};
pub use log_in::log_in;
pub use log_out::log_out;
pub use passwords::Passwords;
pub use register::{Registration, register};
pub use session::{SESSION_DAYS, SignedIn, Visitor};
pub use status::{Status, status};

pub use fanfare_store::users::User;
