//! `cargo x postgres`: a PostgreSQL server of this checkout's own, beside whatever else runs on the machine.

use std::env;
use std::path::PathBuf;

use crate::process::Attempt;
use crate::project;
use crate::scratch;

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
    let folder = place_for(durability).join(format!("fanfare-postgres-{}", std::process::id()));
    let cluster = Cluster::create(&folder, Programs::find_or_install()?, durability)?;
    let guard = crate::guard::Guard::new(&cluster.removal())?;
    Ok((cluster.start()?, guard))
}

fn start(durability: Durability) -> Attempt {
    let programs = Programs::find_or_install()?;
    let url = match of_this_checkout(&programs) {
        Some(cluster) => cluster.start()?,
        None => {
            let folder = place_for(durability).join(name_of_this_checkout());
            Cluster::create(&folder, programs, durability)?.start()?
        }
    };
    println!("{url}");
    Ok(())
}

fn stop() -> Attempt {
    match of_this_checkout(&Programs::find_or_install()?) {
        Some(cluster) => cluster.remove(),
        None => Err("No server of this checkout is running.".into()),
    }
}

fn of_this_checkout(programs: &Programs) -> Option<Cluster> {
    scratch::places()
        .iter()
        .find_map(|place| Cluster::open(&place.join(name_of_this_checkout()), programs.clone()))
}

/// Outside the checkout, because a server that root starts runs as somebody else, who may not enter there.
fn place_for(durability: Durability) -> PathBuf {
    match durability {
        Durability::None => scratch::place(),
        Durability::Full => env::temp_dir(),
    }
}

fn name_of_this_checkout() -> String {
    let name = project::fingerprint(project::root().as_os_str().as_encoded_bytes());
    format!("fanfare-postgres-{name}")
}
