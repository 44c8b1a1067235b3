//! What takes many rows with it runs again when the database gave it up for the sake of somebody who was at work on some of them.

use std::future::Future;

use crate::{AppError, RefusalKind, Result};

const ATTEMPTS: usize = 4;

/// Runs a whole transaction, and again while it was given up: nothing of it was saved, and whoever it gave way to is done or nearly so.
///
/// # Errors
/// Those of `transaction`; that it was given up only after several attempts.
pub(crate) async fn undisturbed<T, F>(mut transaction: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    for _ in 1..ATTEMPTS {
        match transaction().await {
            Err(AppError::Refused(refusal)) if refusal.kind == RefusalKind::GivenUp => {
                tracing::debug!(why = refusal.log, "runs again");
            }
            ended => return ended,
        }
    }
    transaction().await
}
