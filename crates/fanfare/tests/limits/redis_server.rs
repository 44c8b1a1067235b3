//! A real Redis in a process of its own, without a disk.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fanfare_testkit::Certificates;

/// It ends when this is dropped, and also when the tests die: the shell beside it reads from a pipe that only they hold.
pub struct RedisServer {
    port: u16,
    shell: Option<Child>,
    /// The server's id.
    process: String,
    program: String,
    /// By which it speaks TLS too, at the next port.
    certificates: Option<(Certificates, u16)>,
}

impl RedisServer {
    /// None, and a word about it, where the tests were not given the program. Under `CI` that is a failure.
    pub fn start() -> Option<Self> {
        Self::begin(None)
    }

    /// The same, which speaks TLS as well, by a certificate that only its own authority vouches for.
    pub fn start_with_tls() -> Option<Self> {
        Self::begin(Some((Certificates::make(), free_port())))
    }

    fn begin(certificates: Option<(Certificates, u16)>) -> Option<Self> {
        let Ok(program) = std::env::var("FANFARE_TEST_REDIS_SERVER") else {
            let must = std::env::var_os("CI").is_some();
            assert!(
                !must,
                "FANFARE_TEST_REDIS_SERVER is not set, so Redis would go untested"
            );
            eprintln!("NOT RUN: no Redis server given (FANFARE_TEST_REDIS_SERVER)");
            return None;
        };
        let mut server = Self {
            port: free_port(),
            shell: None,
            process: String::new(),
            program,
            certificates,
        };
        server.start_again();
        Some(server)
    }

    /// As `FANFARE_REDIS_URL` takes it.
    pub fn url(&self) -> String {
        format!("redis://:{PASSWORD}@127.0.0.1:{}", self.port)
    }

    /// The same by TLS, with nothing said of whom to trust.
    pub fn tls_url(&self) -> String {
        let (_, port) = self.certificates.as_ref().expect("it speaks TLS");
        format!("rediss://:{PASSWORD}@localhost:{port}")
    }

    /// The file with its own authority's certificate.
    pub fn authority(&self) -> String {
        let (certificates, _) = self.certificates.as_ref().expect("it speaks TLS");
        certificates.text("ca.pem")
    }

    fn tls_options(&self) -> Vec<String> {
        let Some((certificates, port)) = &self.certificates else {
            return Vec::new();
        };
        let [authority, certificate, key] =
            ["ca.pem", "server.pem", "server.key"].map(|name| certificates.text(name));
        [
            ("--tls-port", port.to_string()),
            ("--tls-ca-cert-file", authority),
            ("--tls-cert-file", certificate),
            ("--tls-key-file", key),
            ("--tls-auth-clients", "no".to_owned()),
        ]
        .into_iter()
        .flat_map(|(name, value)| [name.to_owned(), value])
        .collect()
    }

    /// Runs it once more, empty, at the same address.
    pub fn start_again(&mut self) {
        let port = self.port.to_string();
        let shell = Command::new("sh")
            .args([
                "-c",
                "\"$@\" >/dev/null & echo $!; cat >/dev/null; kill -9 $!; wait",
                "redis",
            ])
            .arg(&self.program)
            .args([
                "--port",
                &port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ])
            .args(["--requirepass", PASSWORD, "--logfile", "/dev/null"])
            .args(self.tls_options())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut shell = shell.expect("a shell starts");
        let mut first = String::new();
        let said = shell.stdout.take().expect("it is piped");
        BufReader::new(said)
            .read_line(&mut first)
            .expect("it says a number");
        self.process = first.trim().to_owned();
        self.shell = Some(shell);
        let begun = Instant::now();
        while self.say("PING").as_deref() != Some("+PONG") {
            assert!(begun.elapsed() < Duration::from_secs(20), "Redis answers");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(&mut self) {
        if let Some(mut shell) = self.shell.take() {
            drop(shell.stdin.take());
            let _ = shell.wait();
        }
    }

    /// Lets it stand still (`STOP`), as it does on a machine that has no time for it, or go on (`CONT`).
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.process])
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "{name}");
    }

    /// The first line of its answer.
    pub fn say(&self, command: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        write!(stream, "AUTH {PASSWORD}\r\n{command}\r\nQUIT\r\n").ok()?;
        let mut said = String::new();
        stream.read_to_string(&mut said).ok()?;
        said.lines().nth(1).map(str::to_owned)
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    free.local_addr().expect("it is bound").port()
}

const PASSWORD: &str = "hunter2-of-redis";
