//! The one HTTP client of all platforms: metered, timed, traced, redacted, and guarded where people type addresses.

mod answer;
mod budget;
mod client;
mod egress;

pub use answer::Answer;
pub use budget::{BudgetKey, Budgets, Usage};
pub use client::{Effect, HttpClient};
pub use egress::EgressPolicy;
