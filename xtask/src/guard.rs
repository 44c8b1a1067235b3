//! Leaving nothing running behind.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use crate::process::Attempt;

/// Runs a closing command when it is dropped, and also when this process ends in any other way, Ctrl-C and `kill -9`
/// among them.
///
/// A shell in a process group of its own reads from a pipe that only this process holds. However this process ends, the
/// system closes the pipe, the shell reads the end of it and runs the command.
#[derive(Debug)]
pub struct Guard(Child);

impl Guard {
    pub fn new(closing: &Command) -> Attempt<Self> {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "trap '' INT TERM HUP; cat; exec \"$@\"", "guard"])
            .arg(closing.get_program())
            .args(closing.get_args())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0);
        if let Some(folder) = closing.get_current_dir() {
            shell.current_dir(folder);
        }
        shell
            .spawn()
            .map(Self)
            .map_err(|error| format!("a shell could not be started: {error}"))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        if let Err(error) = self.0.wait() {
            eprintln!("a closing command could not be waited for: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_command_runs_when_the_guard_goes_and_not_before() {
        let mark = std::env::temp_dir().join(format!("fanfare-guard-{}", std::process::id()));
        let mut closing = Command::new("touch");
        closing.arg(&mark);
        let guard = Guard::new(&closing).expect("a shell");
        assert!(!mark.exists());
        drop(guard);
        assert!(mark.exists());
        std::fs::remove_file(&mark).expect("the mark can be removed");
    }
}
