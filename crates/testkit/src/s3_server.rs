//! A server that speaks S3 in a process of its own, which forgets everything when it ends.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::{Client, Method, StatusCode};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

/// Moto's server with a bucket called `media`. It ends when this is dropped, and also when the tests die: the shell beside it reads from a pipe
/// that only they hold. It takes any key and looks at no signature.
pub struct S3Server {
    shell: Child,
    address: String,
    /// Where the bucket is reached, which can be cut off.
    front: String,
    is_cut_off: Arc<AtomicBool>,
}

impl S3Server {
    /// None, and a word about it, where the tests were not given the program. Under `CI` that is a failure.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start() -> Option<Self> {
        fanfare::use_one_tls();
        let Ok(program) = std::env::var("FANFARE_TEST_S3_SERVER") else {
            let must = std::env::var_os("CI").is_some();
            assert!(
                !must,
                "FANFARE_TEST_S3_SERVER is not set, so buckets would go untested"
            );
            eprintln!("NOT RUN: no S3 server given (FANFARE_TEST_S3_SERVER)");
            return None;
        };
        let mut shell = Command::new("sh")
            .args(["-c", "\"$@\" 2>&1 & cat >/dev/null; kill -9 $!; wait", "s3"])
            .args([&program, "--host", "127.0.0.1", "--port", "0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let address = address(&mut shell);
        let is_cut_off = Arc::new(AtomicBool::new(false));
        let front = put_in_front(address.clone(), Arc::clone(&is_cut_off)).await;
        let server = Self {
            shell,
            address,
            front,
            is_cut_off,
        };
        server.put("media", Vec::new()).await;
        Some(server)
    }

    /// As `FANFARE_S3_URL` takes it: the bucket, or a folder in it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://fanfare:hunter2@{}/{path}", self.front)
    }

    /// Puts something there that is not Fanfare's; or makes a bucket.
    ///
    /// # Panics
    /// If it refuses.
    pub async fn put(&self, path: &str, bytes: Vec<u8>) {
        let url = format!("http://{}/{path}", self.address);
        let client = Client::builder().no_proxy().build().expect("a client");
        let answer = client.request(Method::PUT, url).body(bytes).send().await;
        assert_eq!(answer.expect("it answers").status(), StatusCode::OK);
    }

    /// What lies in the bucket.
    ///
    /// # Panics
    /// If it refuses.
    pub async fn names(&self) -> Vec<String> {
        let url = format!("http://{}/media?list-type=2", self.address);
        let client = Client::builder().no_proxy().build().expect("a client");
        let answer = client.get(url).send().await.expect("it answers");
        assert_eq!(answer.status(), StatusCode::OK);
        let listing = answer.text().await.expect("a listing");
        let names = listing.split("<Key>").skip(1);
        names
            .filter_map(|rest| Some(rest.split_once("</Key>")?.0.to_owned()))
            .collect()
    }

    /// Cuts the way to it off, or opens it again.
    pub fn cut_off(&self, is_cut_off: bool) {
        self.is_cut_off.store(is_cut_off, Ordering::SeqCst);
    }
}

/// Reads where it listens from what it says, and goes on reading, so that it can go on speaking.
fn address(shell: &mut Child) -> String {
    let said = BufReader::new(shell.stdout.take().expect("it is piped"));
    let mut lines = said.lines().map_while(Result::ok);
    let address = lines
        .find_map(|line| Some(line.split_once("http://")?.1.trim().to_owned()))
        .expect("it says where it listens");
    std::thread::spawn(move || lines.for_each(drop));
    address
}

/// A door in front of the server; what knocks while it is closed is sent away.
async fn put_in_front(server: String, is_cut_off: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let front = listener.local_addr().expect("it is bound").to_string();
    tokio::spawn(async move {
        while let Ok((mut inside, _)) = listener.accept().await {
            if is_cut_off.load(Ordering::SeqCst) {
                continue;
            }
            let server = server.clone();
            tokio::spawn(async move {
                let mut outside = TcpStream::connect(server).await?;
                copy_bidirectional(&mut inside, &mut outside).await
            });
        }
    });
    front
}

impl Drop for S3Server {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}
