//! Outgoing webhooks: made, told, tried again, replayed, and disabled. Each test runs on both databases.

mod archive;
mod endpoints;
mod sending;
mod sink;
mod trouble;

/// Makes tests of functions that take a [`sink::Desk`].
macro_rules! with_desk {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &fanfare_testkit::TestDatabase| {
            let desk = $crate::sink::Desk::begin(database).await;
            super::$name(&desk).await;
            desk.hub.stop().await;
        });
    )+};
}
pub(crate) use with_desk;
