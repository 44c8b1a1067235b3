//! `cargo x`: one way to run Fanfare from its sources, one to test it, and the chores around them.

mod bench;
mod bluesky;
mod browser;
mod build;
mod debian;
mod demonstration;
mod dependencies;
mod front_end;
mod generate;
mod guard;
mod layers;
mod moto;
mod postgres;
mod process;
mod project;
mod run;
mod scratch;
mod screenshots;
mod sizes;
mod test;

use std::process::ExitCode;

use process::Attempt;

struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Attempt,
}

const TASKS: &[Task] = &[
    Task {
        name: "run",
        about: "build what changed and serve it; options go to `fanfare serve`",
        run: run::run,
    },
    Task {
        name: "build",
        about: "leave the release program, interface inside, in target/release",
        run: build::build,
    },
    Task {
        name: "test",
        about: "run every check and test; `cargo x test --help` tells the parts",
        run: test::test,
    },
    Task {
        name: "generate",
        about: "write the generated files anew",
        run: generate::generate,
    },
    Task {
        name: "check-layers",
        about: "compare the crates' dependencies with the architecture",
        run: layers::check,
    },
    Task {
        name: "check-file-sizes",
        about: "find source files that grew too long",
        run: sizes::check,
    },
    Task {
        name: "check-dependencies",
        about: "find licences and libraries that deny.toml rules out",
        run: dependencies::check,
    },
    Task {
        name: "bench",
        about: "measure: jobs, publish, api, webhooks, start or pages; figures beside the raw limit of the same run",
        run: bench::bench,
    },
    Task {
        name: "screenshots",
        about: "take pictures of every main page of a demonstration workspace",
        run: screenshots::screenshots,
    },
    Task {
        name: "pictures",
        about: "take the pictures of the guides anew",
        run: screenshots::pictures,
    },
    Task {
        name: "postgres",
        about: "start or stop a PostgreSQL server of this checkout's own",
        run: postgres::postgres,
    },
    Task {
        name: "bluesky",
        about: "run a real Bluesky server for tests until Ctrl-C",
        run: bluesky::bluesky,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    };
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        eprint!("There is no `cargo x {name}`.\n\n{}", usage());
        return ExitCode::from(2);
    };
    match (task.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let lines = TASKS
        .iter()
        .map(|task| format!("  cargo x {:<20}{}\n", task.name, task.about));
    format!("Usage:\n{}", lines.collect::<String>())
}
