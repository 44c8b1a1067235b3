//! Keeps the state in one JSON file, written a moment after the last change.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::state::{State, World};

/// How long changes gather before they are written.
const PAUSE: Duration = Duration::from_millis(500);

/// Reads the state, or starts fresh when there is no file yet.
pub fn load(file: Option<&Path>) -> anyhow::Result<State> {
    let Some(file) = file.filter(|file| file.exists()) else {
        return Ok(State::default());
    };
    let bytes =
        std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
    serde_json::from_slice(&bytes).with_context(|| {
        format!(
            "{} is not a sandbox state file; move it away to start fresh",
            file.display()
        )
    })
}

/// Writes the state whenever it has changed, until the task is stopped. A large state is written less often, so that
/// saving never takes more than a small part of the time.
pub async fn keep_saving(world: Arc<World>) {
    let mut pause = PAUSE;
    loop {
        world.changed.notified().await;
        tokio::time::sleep(pause).await;
        let began = Instant::now();
        if let Err(error) = save(&world).await {
            tracing::warn!(
                error = format!("{error:#}"),
                "the sandbox could not save its state"
            );
        }
        pause = PAUSE.max(began.elapsed() * 20);
    }
}

/// Writes the state now, if there is a file for it. The old file is replaced whole or not at all.
pub async fn save(world: &World) -> anyhow::Result<()> {
    let Some(file) = &world.state_file else {
        return Ok(());
    };
    let bytes = world.look(serde_json::to_vec)?;
    if let Some(folder) = file.parent() {
        tokio::fs::create_dir_all(folder)
            .await
            .with_context(|| format!("could not make {}", folder.display()))?;
    }
    let fresh = file.with_extension("new");
    tokio::fs::write(&fresh, bytes)
        .await
        .with_context(|| format!("could not write {}", fresh.display()))?;
    tokio::fs::rename(&fresh, file)
        .await
        .with_context(|| format!("could not replace {}", file.display()))
}
