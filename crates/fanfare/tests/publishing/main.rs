//! Publishing over HTTP, by the program's own wiring, against the pretend platforms, on both databases.

mod commenting;
mod deciding;
mod failing;
mod lateness;
mod listing;
mod newsroom;
mod pausing;
mod pausing_posts;
mod restoring;
mod unknown;

/// Makes tests of functions that take a [`newsroom::Newsroom`].
macro_rules! in_newsroom {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &fanfare_testkit::TestDatabase| {
            let room = crate::newsroom::Newsroom::open(database).await;
            super::$name(&room).await;
            room.close().await;
        });
    )+};
}
pub(crate) use in_newsroom;
