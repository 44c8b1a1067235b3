//! Connecting accounts, from consent to giving back, against a platform that does as the tests say. Each test runs on both databases.

mod avatars;
mod browser;
mod channels;
mod consent;
mod daily_limit;
mod disconnect;
mod doctor;
mod groups;
mod nodes;
mod pretend;
mod refresh;
mod scripted;
mod secrecy;
mod settings;
mod stage;

/// Makes tests of functions that take a [`stage::Stage`].
macro_rules! staged {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &fanfare_testkit::TestDatabase| {
            let stage = $crate::stage::Stage::set(database).await;
            let store = stage.app.store.clone();
            super::$name(stage).await;
            store.close().await;
        });
    )+};
}
pub(crate) use staged;
