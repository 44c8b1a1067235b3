//! Placeholder.

pub struct BlobStore;
