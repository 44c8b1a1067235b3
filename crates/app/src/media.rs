//! Pictures and videos: taking them in, looking after them, giving them out.

mod account_picture;
mod add;
mod alt;
mod change;
mod delete;
mod edit;
mod facts;
mod file_name;
mod file_type;
mod folders;
mod from_url;
mod import;
mod inspect;
mod installation;
mod library;
mod links;
mod local_files;
mod outgoing;
mod pace;
mod picture;
mod receive;
mod resume;
mod serve;
mod sizes;
mod sweep;
mod tags;
mod video;

pub(crate) use account_picture::account_picture;
pub use add::add;
pub use change::{MediaChange, change};
pub use delete::{delete, is_over};
pub use edit::{convert, crop};
pub use facts::facts;
pub use fanfare_store::media::Media;
pub use fanfare_store::media_folders::MediaFolder;
pub use fanfare_store::media_imports::{ImportError, ImportState, MediaImport};
pub use fanfare_store::media_list::{MediaOrder, MediaUse};
pub use fanfare_store::media_tags::TagCount;
pub use fanfare_store::media_uploads::MediaUpload;
pub use folders::{
    FolderChange, change_folder, create_folder, delete_folder, folder, folders,
    unknown as unknown_folder,
};
pub use from_url::{RemoteFile, add_from_url};
pub(crate) use import::FetchImport;
pub use import::{
    Imported, Listing, NewImport, begin as begin_import, browse, cancel as cancel_import,
    get as read_import, list as list_imports, retry as retry_import,
};
pub use installation::{installation_name, note_bucket, noted_bucket};
pub use library::{InFolder, LibraryQuery, get, list, usage};
pub use links::{MediaLinks, public_url};
pub use local_files::{Incoming, LocalFiles};
pub use outgoing::outgoing;
pub use picture::Area;
pub use receive::receive;
pub use resume::{
    Appended, NewUpload, PIECE_BYTES, Progress, append, begin, cancel, progress, upload,
};
pub use serve::{Served, content, public_content, thumbnail};
pub use sweep::{Swept, sweep};
pub use tags::tags;
