//! `cargo x postgres`: a PostgreSQL server of this checkout's own, beside whatever else runs on the machine.

use std::env;
use std::path::PathBuf;

use crate::process::Attempt;
use crate::project;

pub mod cluster;
mod programs;

use cluster::Cluster;
pub use cluster::Durability;
use programs::Programs;

/// `start [--durable]` prints the URL of a server that runs until `stop`.
pub fn postgres(arguments: &[String]) -> Attempt {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["start"] => start(Durability::None),
        ["start", "--durable"] => start(Durability::Full),
        ["stop"] => stop(),
        _ => Err("Usage: cargo x postgres start [--durable] | stop".into()),
    }
}

/// Starts a server for one run of tests or benches; it is stopped and removed with the value that this returns.
pub fn for_one_run(durability: Durability) -> Attempt<(String, crate::guard::Guard)> {
    let folder = env::temp_dir().join(format!("fanfare-postgres-{}", std::process::id()));
    let cluster = Cluster::create(&folder, Programs::find_or_install()?, durability)?;
    let guard = crate::guard::Guard::new(&cluster.removal())?;
    Ok((cluster.start()?, guard))
}

fn start(durability: Durability) -> Attempt {
    let folder = folder_of_this_checkout();
    let programs = Programs::find_or_install()?;
    let url = match Cluster::open(&folder, programs.clone()) {
        Some(cluster) => cluster.start()?,
        None => Cluster::create(&folder, programs, durability)?.start()?,
    };
    println!("{url}");
    Ok(())
}

fn stop() -> Attempt {
    let folder = folder_of_this_checkout();
    match Cluster::open(&folder, Programs::find_or_install()?) {
        Some(cluster) => cluster.remove(),
        None => Err("No server of this checkout is running.".into()),
    }
}

/// Under the temporary folder, because a server that root starts runs as somebody else, who may not enter the checkout.
fn folder_of_this_checkout() -> PathBuf {
    let name = project::fingerprint(project::root().as_os_str().as_encoded_bytes());
    env::temp_dir().join(format!("fanfare-postgres-{name}"))
}
