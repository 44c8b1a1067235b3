//! PostgreSQL's own programs, and the person they run as.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::process::{self, Attempt};

/// Where Debian keeps the server's programs, which it leaves off the search path: one folder per version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// PostgreSQL refuses to run as root, so root starts it as one of these.
const UNPRIVILEGED: &[&str] = &["postgres", "nobody"];

#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    pub account: Option<Account>,
}

/// A user of the machine, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub user: u32,
    pub group: u32,
}

impl Programs {
    pub fn find_or_install() -> Attempt<Self> {
        let folder = match find() {
            Some(folder) => folder,
            None => {
                debian::install("A PostgreSQL server", &["postgresql"])?;
                find().ok_or("initdb is still missing after the installation of postgresql")?
            }
        };
        let account = if process::is_root() {
            Some(unprivileged()?)
        } else {
            None
        };
        Ok(Self { folder, account })
    }

    /// One of PostgreSQL's programs as a command that gives up root's rights first.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let path = self.folder.join(program);
        let Some(Account { user, group }) = self.account else {
            return Command::new(path);
        };
        let mut command = Command::new("setpriv");
        command
            .args([
                format!("--reuid={user}"),
                format!("--regid={group}"),
                "--clear-groups".into(),
            ])
            .arg(path);
        command
    }
}

fn find() -> Option<PathBuf> {
    if let Some(initdb) = process::find("initdb") {
        return Some(initdb.canonicalize().ok()?.parent()?.to_owned());
    }
    let versions = fs::read_dir(DEBIAN)
        .ok()?
        .flatten()
        .map(|version| version.path().join("bin"));
    versions
        .filter(|folder| folder.join("initdb").is_file())
        .max_by_key(|folder| version(folder))
}

/// The number in `/usr/lib/postgresql/15/bin`.
fn version(folder: &Path) -> Option<u32> {
    folder.parent()?.file_name()?.to_str()?.parse().ok()
}

fn unprivileged() -> Attempt<Account> {
    let number = |flag: &str, name: &str| -> Option<u32> {
        process::output(Command::new("id").args([flag, name]))
            .ok()?
            .trim()
            .parse()
            .ok()
    };
    UNPRIVILEGED
        .iter()
        .find_map(|name| {
            Some(Account {
                user: number("-u", name)?,
                group: number("-g", name)?,
            })
        })
        .ok_or_else(|| {
            format!(
                "PostgreSQL does not run as root, and there is no user {}",
                UNPRIVILEGED.join(" or ")
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_the_greatest_number_not_the_last_word() {
        let folders =
            ["/usr/lib/postgresql/9/bin", "/usr/lib/postgresql/15/bin"].map(PathBuf::from);
        assert_eq!(
            folders.iter().max_by_key(|folder| version(folder)),
            Some(&folders[1])
        );
    }
}
