//! What platforms tell: taken, kept, worked off in order, and looked at. Each test runs on both databases.

mod best_times;
mod effects;
mod events;
mod listening;
mod looking;
mod people;
mod pretended;
mod receiving;
mod station;
mod told;
mod trial;
mod working_off;
mod written;

/// Makes tests of functions that take a [`station::Station`].
macro_rules! stationed {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &fanfare_testkit::TestDatabase| {
            let station = $crate::station::Station::begin(database).await;
            super::$name(&station).await;
            station.hub.stop().await;
        });
    )+};
}
pub(crate) use stationed;
