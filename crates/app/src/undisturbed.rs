//! What touches many rows runs again when the database gave it up for the sake of somebody who was at work on some of them.

use std::future::Future;

use fanfare_store::StoreError;

use crate::{AppError, RefusalKind, Result};

const ATTEMPTS: usize = 4;

/// Runs work on the database, and again when a transaction of it was given up: nothing of that transaction was saved, and whoever it gave
/// way to is done or nearly so. The work may commit several, if it looks at what is there each time it begins.
///
/// # Errors
/// Those of `work`; that it was given up only after several attempts.
pub(crate) async fn undisturbed<T, F>(mut work: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    for _ in 1..ATTEMPTS {
        match work().await {
            Err(error) if is_given_up(&error) => tracing::debug!(%error, "runs again"),
            ended => return ended,
        }
    }
    work().await
}

fn is_given_up(error: &AppError) -> bool {
    match error {
        AppError::Refused(refusal) => refusal.kind == RefusalKind::GivenUp,
        AppError::Broken(error) => {
            matches!(error.downcast_ref(), Some(StoreError::GivenUp(_)))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn given_up() -> StoreError {
        StoreError::GivenUp("deadlock detected".to_owned())
    }

    async fn attempts(fails: impl Fn(usize) -> Option<AppError>) -> (usize, bool) {
        let attempts = Cell::new(0);
        let ended = undisturbed(|| {
            attempts.set(attempts.get() + 1);
            std::future::ready(fails(attempts.get()).map_or(Ok(()), Err))
        });
        let is_done = ended.await.is_ok();
        (attempts.get(), is_done)
    }

    #[tokio::test]
    async fn what_gave_way_runs_again() {
        let once = |attempt| (attempt == 1).then(|| given_up().into());
        assert_eq!(attempts(once).await, (2, true));
        let inside = |attempt| (attempt == 1).then(|| anyhow::Error::new(given_up()).into());
        assert_eq!(attempts(inside).await, (2, true));
    }

    #[tokio::test]
    async fn it_gives_in_some_day_and_to_other_errors_at_once() {
        assert_eq!(attempts(|_| Some(given_up().into())).await, (4, false));
        let away = |_| Some(StoreError::Busy("connection refused".to_owned()).into());
        assert_eq!(attempts(away).await, (1, false));
    }
}
