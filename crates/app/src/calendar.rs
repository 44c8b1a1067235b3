//! The calendar: what went out and what will, in a range of time.

mod entry;
mod read;

pub use entry::CalendarEntry;
pub use read::{read_authors, read_calendar};

pub use fanfare_store::calendar::{CalendarDelivery, CalendarFilter};
