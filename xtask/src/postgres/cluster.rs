//! A cluster: a folder with a server's data, its settings and its log.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::programs::Programs;
use crate::process::{self, Attempt};

/// Whether a commit waits for the disk, and what is deleted is cleared away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// For tests: fast, and everything is lost with the machine's power.
    None,
    /// For measuring: as an installation runs.
    Full,
}

#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: Programs,
}

impl Cluster {
    /// Lays out a cluster in a new folder; only [`Cluster::start`] runs it.
    pub fn create(folder: &Path, programs: Programs, durability: Durability) -> Attempt<Self> {
        fs::DirBuilder::new()
            .mode(0o700)
            .create(folder)
            .map_err(|error| cannot("make", folder, &error))?;
        if let Some(account) = &programs.account {
            chown(folder, Some(account.user), Some(account.group))
                .map_err(|error| cannot("give away", folder, &error))?;
        }
        let cluster = Self {
            folder: folder.to_owned(),
            programs,
        };
        let data = cluster.data();
        let mut initdb = cluster.program("initdb");
        initdb.args([
            "--auth-local=trust",
            "--auth-host=password",
            "--username=postgres",
        ]);
        initdb
            .args([
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--no-instructions",
                "--pgdata",
            ])
            .arg(&data);
        process::output(&mut initdb)?;
        append(&data.join("postgresql.conf"), &settings(folder, durability))?;
        append(&folder.join("url"), &url(free_port()?, &random_password()?))?;
        Ok(cluster)
    }

    /// The cluster in a folder that [`Cluster::create`] finished, if there is one.
    #[must_use]
    pub fn open(folder: &Path, programs: Programs) -> Option<Self> {
        folder.join("url").is_file().then(|| Self {
            folder: folder.to_owned(),
            programs,
        })
    }

    /// Runs the server unless it runs already, and returns the URL of its database.
    ///
    /// The role in the URL owns the database and is no superuser, so row-level security binds it.
    pub fn start(&self) -> Attempt<String> {
        let url = self.url()?;
        if self.is_running() {
            return Ok(url);
        }
        let mut start = self.program("pg_ctl");
        start
            .args(["start", "--wait", "--silent", "--log"])
            .arg(self.folder.join("log"))
            .arg("--pgdata")
            .arg(self.data());
        start.args(["--options", &format!("-p {}", port_in(&url))]);
        // The server inherits the output of whoever starts it, and a pipe there would never be read to its end.
        start.stdout(Stdio::null()).stderr(Stdio::null());
        let started = start.status().is_ok_and(|status| status.success());
        if !started {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            return Err(format!("PostgreSQL did not start. Its log says:\n{log}"));
        }
        self.make_database(&url)?;
        Ok(url)
    }

    pub fn remove(&self) -> Attempt {
        process::output(&mut self.removal()).map(drop)
    }

    /// A command that stops the server at once and removes its folder.
    #[must_use]
    pub fn removal(&self) -> Command {
        let mut stop = self.program("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--silent", "--pgdata"])
            .arg(self.data());
        let mut both = Command::new("sh");
        both.args(["-c", "\"$@\"; rm -rf \"$0\""])
            .arg(&self.folder)
            .arg(stop.get_program())
            .args(stop.get_args());
        both.current_dir("/");
        both
    }

    fn make_database(&self, url: &str) -> Attempt {
        let port = port_in(url);
        let exists = self.sql(port, "SELECT 1 FROM pg_roles WHERE rolname = 'fanfare'")?;
        if !exists.trim().is_empty() {
            return Ok(());
        }
        let password = password_in(url);
        // It makes a database for each test.
        self.sql(
            port,
            &format!(
                "CREATE ROLE fanfare LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '{password}'"
            ),
        )?;
        // Tests prove that the program refuses to run as this one.
        self.sql(
            port,
            &format!("CREATE ROLE fanfare_unbound LOGIN BYPASSRLS PASSWORD '{password}'"),
        )?;
        self.sql(port, "CREATE DATABASE fanfare OWNER fanfare")
            .map(drop)
    }

    /// Runs one statement as the superuser, who is reached through a socket that only this person can enter.
    fn sql(&self, port: &str, statement: &str) -> Attempt<String> {
        let mut psql = self.program("psql");
        psql.args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--set=ON_ERROR_STOP=1",
            "--username=postgres",
        ]);
        psql.args([
            "--dbname=postgres",
            "--port",
            port,
            "--command",
            statement,
            "--host",
        ])
        .arg(&self.folder);
        process::output(&mut psql)
    }

    fn is_running(&self) -> bool {
        let mut status = self.program("pg_ctl");
        process::output(status.args(["status", "--pgdata"]).arg(self.data())).is_ok()
    }

    fn program(&self, name: &str) -> Command {
        let mut command = self.programs.command(name);
        command.current_dir(&self.folder);
        command
    }

    fn url(&self) -> Attempt<String> {
        let path = self.folder.join("url");
        fs::read_to_string(&path).map_err(|error| cannot("read", &path, &error))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

fn append(path: &Path, content: &str) -> Attempt {
    let written = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(content.as_bytes()));
    written.map_err(|error| cannot("write", path, &error))
}

fn settings(folder: &Path, durability: Durability) -> String {
    let on = if durability == Durability::Full {
        "on"
    } else {
        "off"
    };
    format!(
        "listen_addresses = '127.0.0.1'\n\
         unix_socket_directories = '{}'\n\
         max_connections = 300\n\
         timezone = 'UTC'\n\
         fsync = {on}\n\
         synchronous_commit = {on}\n\
         full_page_writes = {on}\n\
         autovacuum = {on}\n",
        folder.display()
    )
}

fn url(port: u16, password: &str) -> String {
    format!("postgres://fanfare:{password}@127.0.0.1:{port}/fanfare")
}

fn port_in(url: &str) -> &str {
    let after_host = url.rsplit(':').next().unwrap_or_default();
    after_host.split('/').next().unwrap_or_default()
}

fn password_in(url: &str) -> &str {
    let credentials = url
        .trim_start_matches("postgres://")
        .split('@')
        .next()
        .unwrap_or_default();
    credentials.split(':').nth(1).unwrap_or_default()
}

fn free_port() -> Attempt<u16> {
    let listener =
        TcpListener::bind("127.0.0.1:0").map_err(|error| format!("no port is free: {error}"))?;
    Ok(listener
        .local_addr()
        .map_err(|error| format!("no port is free: {error}"))?
        .port())
}

fn random_password() -> Attempt<String> {
    let mut bytes = [0; 16];
    let read = fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes));
    read.map_err(|error| format!("/dev/urandom cannot be read: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn cannot(verb: &str, path: &Path, error: &std::io::Error) -> String {
    format!("cannot {verb} {}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_into_a_url_comes_out_again() {
        let url = url(5433, "0123abcd");
        assert_eq!(port_in(&url), "5433");
        assert_eq!(password_in(&url), "0123abcd");
    }

    #[test]
    fn passwords_differ() {
        let (one, other) = (
            random_password().expect("random"),
            random_password().expect("random"),
        );
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }

    #[test]
    fn only_the_durable_cluster_waits_for_the_disk() {
        assert!(settings(Path::new("/tmp/x"), Durability::Full).contains("fsync = on"));
        assert!(settings(Path::new("/tmp/x"), Durability::None).contains("fsync = off"));
    }
}
