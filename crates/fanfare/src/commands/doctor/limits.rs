//! Where attempts are counted.

use fanfare_backends::limits;

use super::Finding::{self, Good, Wrong};
use crate::config::Config;

pub(super) async fn examine(config: &Config) -> Finding {
    let Some(url) = &config.redis_url else {
        return Good("Attempts are counted in memory: right for one process.".to_owned());
    };
    match limits::check_server(url).await {
        Ok(()) => Good("Redis answers: attempts are counted for all processes.".to_owned()),
        Err(why) => Wrong(format!(
            "Redis does not answer: {why}. Check FANFARE_REDIS_URL, and that the server runs and lets us in. Until then each process \
             counts attempts for itself."
        )),
    }
}
