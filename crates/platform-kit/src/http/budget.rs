//! How many calls are left, per channel and per application.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::error::RateScope;

/// Whose calls are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BudgetKey {
    pub platform: &'static str,
    /// Our channel's id, or empty for the whole application.
    pub channel: String,
}

impl BudgetKey {
    #[must_use]
    pub fn app(platform: &'static str) -> Self {
        Self { platform, channel: String::new() }
    }

    #[must_use]
    pub fn channel(platform: &'static str, channel: &str) -> Self {
        Self { platform, channel: channel.to_owned() }
    }

    #[must_use]
    pub fn scope(&self) -> RateScope {
        if self.channel.is_empty() { RateScope::App } else { RateScope::Channel }
    }
}

/// What a platform said of our use, or what we concluded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usage {
    /// Of the allowance, 0 to 100 and above.
    pub percent: f64,
    /// No calls before then.
    pub blocked_until: Option<Timestamp>,
    pub as_of: Timestamp,
}

/// The latest word on each budget, shared by all calls of this process.
#[derive(Debug, Clone, Default)]
pub struct Budgets(Arc<Mutex<HashMap<BudgetKey, Usage>>>);

impl Budgets {
    pub fn report(&self, key: BudgetKey, usage: Usage) {
        self.lock().insert(key, usage);
    }

    #[must_use]
    pub fn usage(&self, key: &BudgetKey) -> Option<Usage> {
        self.lock().get(key).copied()
    }

    /// Until when calls on `key` must wait; absent when they may go.
    #[must_use]
    pub fn blocked_until(&self, key: &BudgetKey, now: Timestamp) -> Option<Timestamp> {
        self.usage(key)?.blocked_until.filter(|until| *until > now)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<BudgetKey, Usage>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
