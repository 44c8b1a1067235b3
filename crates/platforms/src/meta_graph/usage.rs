//! Usage headers: what Meta says of how many calls are left.

use std::collections::HashMap;

use fanfare_platform_kit::http::{Answer, BudgetKey, Budgets, Usage};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// For a full application budget, of which Meta says no end: it is counted over a rolling hour.
const APP_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// Percentages of an allowance; 100 and above is throttled.
#[derive(Deserialize)]
struct Percentages {
    #[serde(default)]
    call_count: f64,
    #[serde(default)]
    total_time: f64,
    #[serde(default)]
    total_cputime: f64,
}

/// One line of `x-business-use-case-usage`, which lists them by business id.
#[derive(Deserialize)]
struct UseCase {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(flatten)]
    used: Percentages,
    /// Minutes.
    #[serde(default)]
    estimated_time_to_regain_access: i64,
}

impl Percentages {
    fn highest(&self) -> f64 {
        self.call_count.max(self.total_time).max(self.total_cputime)
    }
}

/// Passes on what an answer's headers say of the application's and the channel's budget.
pub fn report(
    budgets: &Budgets,
    app: BudgetKey,
    channel: Option<BudgetKey>,
    answer: &Answer,
    now: Timestamp,
) {
    if let Some(used) = json_header::<Percentages>(answer, "x-app-usage") {
        let percent = used.highest();
        let blocked_until = (percent >= 100.0).then(|| now + APP_PAUSE);
        budgets.report(
            app,
            Usage {
                percent,
                blocked_until,
                as_of: now,
            },
        );
    }
    let Some(channel) = channel else { return };
    if let Some(percent) = use_cases(answer)
        .map(|case| case.used.highest())
        .reduce(f64::max)
    {
        let blocked_until = regain_at(answer, now);
        budgets.report(
            channel,
            Usage {
                percent,
                blocked_until,
                as_of: now,
            },
        );
    }
}

/// When the channel may call again, if it is throttled and Meta says how long.
pub fn regain_at(answer: &Answer, now: Timestamp) -> Option<Timestamp> {
    let throttled = use_cases(answer)
        .filter(|case| case.used.highest() >= 100.0 || case.estimated_time_to_regain_access > 0);
    let minutes = throttled
        .map(|case| case.estimated_time_to_regain_access.max(1))
        .max()?;
    now.checked_add(SignedDuration::from_mins(minutes.min(24 * 60)))
        .ok()
}

/// The lines that count publishing; advertising and messaging have budgets of their own.
fn use_cases(answer: &Answer) -> impl Iterator<Item = UseCase> {
    let header = "x-business-use-case-usage";
    let businesses = json_header::<HashMap<String, Vec<UseCase>>>(answer, header);
    let all = businesses.unwrap_or_default().into_values().flatten();
    all.filter(|case| case.kind == "pages" || case.kind == "instagram")
}

fn json_header<T: for<'a> Deserialize<'a>>(answer: &Answer, name: &str) -> Option<T> {
    serde_json::from_str(answer.header(name)?).ok()
}
