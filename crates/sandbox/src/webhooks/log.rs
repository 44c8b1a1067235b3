//! What was sent, with the answers: the newest few hundred.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};

use jiff::Timestamp;
use serde::Serialize;

use crate::Platform;
use crate::faults::Fault;

const KEPT: usize = 300;

/// One request to an application.
#[derive(Debug, Clone, Serialize)]
pub struct SentWebhook {
    /// The same for every attempt at one bundle.
    pub number: u64,
    pub platform: Platform,
    /// From 1.
    pub attempt: u32,
    pub at: Timestamp,
    /// What it told, in its order.
    pub kinds: Vec<String>,
    /// What went wrong on purpose.
    pub fault: Option<Fault>,
    /// The answer's status; none when there was no answer.
    pub status: Option<u16>,
    pub error: Option<String>,
    pub milliseconds: u64,
    #[serde(flatten)]
    pub outcome: Outcome,
    pub body: String,
}

/// What comes after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    Taken,
    /// It will be sent again after so many seconds of Meta's time.
    Retried {
        after_seconds: u64,
    },
    GivenUp,
}

#[derive(Default)]
pub struct SentWebhooks(Mutex<VecDeque<SentWebhook>>);

impl SentWebhooks {
    pub fn note(&self, sent: SentWebhook) {
        let mut all = self.lock();
        all.push_front(sent);
        all.truncate(KEPT);
    }

    /// The newest first.
    pub fn list(&self) -> Vec<SentWebhook> {
        self.lock().iter().cloned().collect()
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<SentWebhook>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
