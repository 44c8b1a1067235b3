//! The program.

use std::process::ExitCode;

use clap::Parser as _;
use fanfare::command_line::CommandLine;
use fanfare::commands;

fn main() -> ExitCode {
    fanfare::use_one_tls();
    let line = CommandLine::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The program cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", commands::in_words(&error));
            ExitCode::from(commands::exit_code(&error))
        }
    }
}
