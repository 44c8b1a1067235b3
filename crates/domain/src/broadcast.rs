//! Short texts from each process of an installation to all of them.

use async_trait::async_trait;

/// What carries them. Nothing is kept for whoever does not listen.
#[async_trait]
pub trait Broadcast: Send + Sync {
    /// Opens a line, on which is heard what anybody tells from now on.
    ///
    /// # Errors
    /// In words for the operator.
    async fn open(&self) -> Result<Box<dyn Line>, String>;
}

/// An open line.
#[async_trait]
pub trait Line: Send {
    /// # Errors
    /// In words for the operator; the line is of no more use.
    async fn tell(&mut self, text: &str) -> Result<(), String>;

    /// Waits for the next text, which may be one's own. Giving up waiting loses nothing.
    ///
    /// # Errors
    /// In words for the operator; the line is of no more use.
    async fn hear(&mut self) -> Result<Heard, String>;
}

/// What comes by a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    Text(String),
    /// The line was away for a moment, and with it whatever was told meanwhile.
    Gap,
}
