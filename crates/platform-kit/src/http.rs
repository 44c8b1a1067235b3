//! The one HTTP client of all platforms: metered, timed, traced, redacted, and guarded where people type addresses.

mod address;
mod answer;
mod budget;
mod client;
mod egress;
mod fetch;
mod notify;
#[cfg(test)]
mod test_server;

pub use answer::Answer;
pub use budget::{BudgetKey, Budgets, Usage};
pub use client::{Effect, HttpClient, Opened};
pub use egress::{
    AddressRefused, EgressPolicy, GuardError, GuardedClient, NameNotFound, guard_error,
};
pub use fetch::{FetchError, Fetched};
pub use notify::{Acknowledged, NotifyError};
/// What [`HttpClient::request`] takes and gives; nobody else makes requests of their own.
pub use reqwest::{Method, RequestBuilder};
