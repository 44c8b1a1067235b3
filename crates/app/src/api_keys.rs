//! Keys by which programs call the API: making, changing, rotating and revoking them, and what a call with one may.

mod admit;
mod calls;
mod change;
mod create;
mod event;
mod input;
mod rates;
mod read;
mod revoke;
mod rotate;

pub use admit::{Admitted, find_key, refuse_elsewhere};
pub(crate) use calls::tidy_calls;
pub use calls::{CallMade, KeyCalls, keep_writing_calls, write_calls};
pub use change::{KeyChange, change_key};
pub use create::create_key;
pub use input::KeyInput;
pub use rates::{Allowance, count_call};
pub use read::{KeyState, list_keys, read_key, read_log, read_usage, state_of};
pub use revoke::revoke_key;
pub use rotate::rotate_key;

pub use fanfare_store::api_key_calls::{KeyCall, KeyDay};
pub use fanfare_store::api_keys::ApiKey;
