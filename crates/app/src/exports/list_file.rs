//! A file of an archive with a list in it.

use std::path::Path;

use serde_json::Value as Json;
use tokio::fs::File;
use tokio::io::{AsyncWriteExt as _, BufWriter};

/// A file with a list, written item by item.
pub(super) struct ListFile {
    file: BufWriter<File>,
    is_empty: bool,
}

impl ListFile {
    pub async fn create(folder: &Path, name: &str) -> std::io::Result<Self> {
        let file = File::create(folder.join(name)).await?;
        let mut file = BufWriter::new(file);
        file.write_all(b"[").await?;
        Ok(Self {
            file,
            is_empty: true,
        })
    }

    pub async fn add(&mut self, item: &Json) -> std::io::Result<()> {
        let between = if self.is_empty { "\n" } else { ",\n" };
        self.is_empty = false;
        self.file.write_all(between.as_bytes()).await?;
        self.file.write_all(item.to_string().as_bytes()).await
    }

    pub async fn finish(mut self) -> std::io::Result<()> {
        self.file.write_all(b"\n]\n").await?;
        self.file.flush().await
    }
}
