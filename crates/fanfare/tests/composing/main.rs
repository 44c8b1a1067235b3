//! Composing over HTTP, by the program's own wiring, on both databases: versions, templates, hashtag groups, what mends a finding.

mod fixes;
mod hashtag_groups;
mod templates;
mod versions;

use fanfare_testkit::{Browser, TestHub};

/// Makes tests of functions that take a hub and somebody signed in at it.
macro_rules! with_ada {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &fanfare_testkit::TestDatabase| {
            let hub = fanfare_testkit::TestHub::start_with(database, crate::OPEN).await;
            let ada = crate::registered(&hub, "ada").await;
            super::$name(&hub, &ada).await;
            hub.stop().await;
        });
    )+};
}
pub(crate) use with_ada;

/// Settings under which everybody may register.
const OPEN: &[(&str, &str)] = &[("FANFARE_REGISTRATION", "open")];

async fn registered(hub: &TestHub, name: &str) -> Browser {
    let browser = hub.browser();
    browser.register(&format!("{name}@example.com")).await;
    browser
}
