//! How many calls are left, per channel and per application.
//!
//! Two things hold a call back: the platform's own word (usage headers, a 429) and the manifest's budget, counted here.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

use crate::error::RateScope;
use crate::manifest::{Budget, BudgetScope, Manifest};

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
        Self {
            platform,
            channel: String::new(),
        }
    }

    #[must_use]
    pub fn channel(platform: &'static str, channel: &str) -> Self {
        Self {
            platform,
            channel: channel.to_owned(),
        }
    }

    #[must_use]
    pub fn scope(&self) -> RateScope {
        if self.channel.is_empty() {
            RateScope::App
        } else {
            RateScope::Channel
        }
    }

    fn is_under(&self, budget: &Budget) -> bool {
        match budget.scope {
            BudgetScope::App => self.channel.is_empty(),
            BudgetScope::Channel => !self.channel.is_empty(),
        }
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
pub struct Budgets(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// By platform id, from the manifests.
    limits: HashMap<&'static str, Vec<Budget>>,
    accounts: Mutex<HashMap<BudgetKey, Account>>,
}

/// What is known of one key.
#[derive(Debug, Default)]
struct Account {
    usage: Option<Usage>,
    /// When calls were made, one list for each of the platform's budgets that cover the key.
    calls: Vec<VecDeque<Timestamp>>,
}

impl Budgets {
    /// Keeps to the manifests' budgets as well as to what platforms say. `Budgets::default()` knows only the latter.
    #[must_use]
    pub fn of<'a>(manifests: impl IntoIterator<Item = &'a Manifest>) -> Self {
        let limits = manifests
            .into_iter()
            .map(|m| (m.id, m.budgets.clone()))
            .collect();
        Self(Arc::new(Shared {
            limits,
            accounts: Mutex::default(),
        }))
    }

    /// Keeps what a platform says about our use.
    pub fn report(&self, key: BudgetKey, usage: Usage) {
        self.lock().entry(key).or_default().usage = Some(usage);
    }

    #[must_use]
    pub fn usage(&self, key: &BudgetKey) -> Option<Usage> {
        self.lock().get(key)?.usage
    }

    /// Until when calls on `key` must wait; absent when they may go.
    #[must_use]
    pub fn blocked_until(&self, key: &BudgetKey, now: Timestamp) -> Option<Timestamp> {
        let mut accounts = self.lock();
        self.waits(&mut accounts, key, now)
    }

    /// Counts one call on all `keys`, or on none when one of them must wait: then it says until when, and for which key.
    ///
    /// # Errors
    /// The key that must wait, and until when.
    pub fn take(&self, keys: &[BudgetKey], now: Timestamp) -> Result<(), (BudgetKey, Timestamp)> {
        let mut accounts = self.lock();
        for key in keys {
            if let Some(until) = self.waits(&mut accounts, key, now) {
                return Err((key.clone(), until));
            }
        }
        for key in keys {
            let limits = self.limits(key);
            let account = accounts.entry(key.clone()).or_default();
            account.calls.resize_with(limits.count(), VecDeque::new);
            account
                .calls
                .iter_mut()
                .for_each(|calls| calls.push_back(now));
        }
        Ok(())
    }

    fn waits(
        &self,
        accounts: &mut HashMap<BudgetKey, Account>,
        key: &BudgetKey,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let account = accounts.get_mut(key)?;
        let told = account.usage.and_then(|usage| usage.blocked_until);
        let spent = self
            .limits(key)
            .zip(&mut account.calls)
            .filter_map(|(budget, calls)| {
                let window = SignedDuration::from_secs(budget.per_seconds.into());
                while calls.front().is_some_and(|call| *call + window <= now) {
                    calls.pop_front();
                }
                let full = calls.len() >= budget.calls as usize;
                full.then(|| calls.front().map(|oldest| *oldest + window))
                    .flatten()
            });
        told.into_iter()
            .chain(spent)
            .filter(|until| *until > now)
            .max()
    }

    fn limits<'a>(&'a self, key: &'a BudgetKey) -> impl Iterator<Item = &'a Budget> {
        let all = self
            .0
            .limits
            .get(key.platform)
            .map(Vec::as_slice)
            .unwrap_or_default();
        all.iter().filter(|budget| key.is_under(budget))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<BudgetKey, Account>> {
        self.0
            .accounts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(list: Vec<Budget>) -> Budgets {
        Budgets(Arc::new(Shared {
            limits: HashMap::from([("acme", list)]),
            accounts: Mutex::default(),
        }))
    }

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn per_channel(calls: u32, per_seconds: u32) -> Budget {
        Budget {
            scope: BudgetScope::Channel,
            calls,
            per_seconds,
        }
    }

    #[test]
    fn a_budget_is_spent_and_comes_back_call_by_call() {
        let budgets = budgets(vec![per_channel(2, 60)]);
        let key = [BudgetKey::channel("acme", "one")];
        assert_eq!(budgets.take(&key, second(0)), Ok(()));
        assert_eq!(budgets.take(&key, second(30)), Ok(()));
        assert_eq!(
            budgets.take(&key, second(59)),
            Err((key[0].clone(), second(60)))
        );
        assert_eq!(budgets.take(&key, second(60)), Ok(()));
        assert_eq!(
            budgets.take(&key, second(61)),
            Err((key[0].clone(), second(90)))
        );
        assert_eq!(
            budgets.take(&[BudgetKey::channel("acme", "two")], second(61)),
            Ok(())
        );
    }

    #[test]
    fn each_budget_of_a_scope_counts_and_others_do_not() {
        let app = Budget {
            scope: BudgetScope::App,
            calls: 1,
            per_seconds: 10,
        };
        let budgets = budgets(vec![per_channel(3, 1), per_channel(4, 100), app]);
        let key = [BudgetKey::channel("acme", "one")];
        for at in [0, 1, 2, 3] {
            assert_eq!(budgets.take(&key, second(at)), Ok(()), "{at}");
        }
        assert_eq!(
            budgets.take(&key, second(4)),
            Err((key[0].clone(), second(100)))
        );
    }

    #[test]
    fn a_call_held_back_by_one_key_is_not_counted_on_the_other() {
        let app = Budget {
            scope: BudgetScope::App,
            calls: 1,
            per_seconds: 10,
        };
        let budgets = budgets(vec![per_channel(2, 1000), app]);
        let (channel, app) = (BudgetKey::channel("acme", "one"), BudgetKey::app("acme"));
        let both = [channel.clone(), app.clone()];
        assert_eq!(budgets.take(&both, second(0)), Ok(()));
        assert_eq!(budgets.take(&both, second(1)), Err((app, second(10))));
        assert_eq!(budgets.take(&both, second(10)), Ok(()));
        assert_eq!(
            budgets.take(&both, second(20)),
            Err((channel, second(1000)))
        );
    }

    #[test]
    fn the_platforms_word_holds_calls_back_until_it_has_passed() {
        let budgets = Budgets::default();
        let key = BudgetKey::app("acme");
        let usage = Usage {
            percent: 100.0,
            blocked_until: Some(second(5)),
            as_of: second(0),
        };
        budgets.report(key.clone(), usage);
        assert_eq!(budgets.blocked_until(&key, second(4)), Some(second(5)));
        assert_eq!(budgets.blocked_until(&key, second(5)), None);
        assert_eq!(budgets.usage(&key), Some(usage));
        assert_eq!(budgets.take(&[key], second(5)), Ok(()));
    }
}
