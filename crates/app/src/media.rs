//! Pictures and videos: taking them in, looking after them, giving them out.

mod add;
mod alt;
mod blobs;
mod delete;
mod facts;
mod file_name;
mod file_type;
mod inspect;
mod library;
mod links;
mod outgoing;
mod picture;
mod receive;
mod resume;
mod serve;
mod sizes;
mod sweep;
mod video;

pub use add::add;
pub use alt::describe;
pub use blobs::{BlobStore, Incoming};
pub use delete::delete;
pub use facts::facts;
pub use fanfare_store::media::Media;
pub use fanfare_store::media_uploads::MediaUpload;
pub use library::{get, list};
pub use links::{MediaLinks, public_url};
pub use outgoing::outgoing;
pub use receive::receive;
pub use resume::{Appended, NewUpload, PIECE_BYTES, Progress, append, begin, progress};
pub use serve::{Served, content, public_content, thumbnail};
pub use sweep::{Swept, sweep};
