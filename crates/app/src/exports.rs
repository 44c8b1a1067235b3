//! Taking a whole workspace along as one archive: asked for, made by a job, fetched, and deleted after some days.

mod ask;
mod content;
mod list_file;
mod make;
mod tidy;

pub use ask::{ExportFile, ask, delete, file, list, read};
pub use fanfare_store::exports::{Export, ExportState};
pub(crate) use make::MakeExport;
pub(crate) use tidy::sweep;
