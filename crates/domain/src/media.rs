//! What a stored file is to people and to platforms.

use crate::named;

named! {
    /// What a stored file shows.
    pub enum MediaKind {
        Image = "image",
        /// Moving pictures in a picture format.
        Gif = "gif",
        Video = "video",
    }
}
