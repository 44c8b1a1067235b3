//! Queues, posts that come round again, and what stands in the way of a time, on both databases.

#[path = "../publishing/newsroom.rs"]
#[allow(dead_code, reason = "shared with the tests of publishing")]
mod newsroom;
mod queues;
mod repeating;
mod warnings;

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
