//! A server that speaks S3 in a process of its own, which forgets everything when it ends.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use reqwest::{Client, Method, StatusCode};
use tokio::io::{AsyncReadExt as _, copy};
use tokio::net::{TcpListener, TcpStream};

/// Moto's server with a bucket called `media`. It ends when this is dropped, and also when the tests die: the shell beside it reads from a pipe
/// that only they hold. It takes any key and looks at no signature.
pub struct S3Server {
    shell: Child,
    address: String,
    /// Where the bucket is reached, which can be cut off.
    front: String,
    way: Arc<Way>,
}

/// What becomes of connections on their way to the server.
struct Way {
    is_cut_off: AtomicBool,
    /// So many answers that are longer break off…
    breaks: AtomicU64,
    /// …after that many bytes.
    breaks_after: AtomicU64,
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
        let way = Arc::new(Way {
            is_cut_off: AtomicBool::new(false),
            breaks: AtomicU64::new(0),
            breaks_after: AtomicU64::new(0),
        });
        let front = put_in_front(address.clone(), Arc::clone(&way)).await;
        let server = Self {
            shell,
            address,
            front,
            way,
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
        self.way.is_cut_off.store(is_cut_off, Ordering::SeqCst);
    }

    /// Lets the next so many answers that are longer end after that many bytes.
    pub fn break_off(&self, times: u64, after_bytes: u64) {
        self.way.breaks_after.store(after_bytes, Ordering::SeqCst);
        self.way.breaks.store(times, Ordering::SeqCst);
    }

    /// How many have not yet.
    #[must_use]
    pub fn breaks_left(&self) -> u64 {
        self.way.breaks.load(Ordering::SeqCst)
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
async fn put_in_front(server: String, way: Arc<Way>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let front = listener.local_addr().expect("it is bound").to_string();
    tokio::spawn(async move {
        while let Ok((inside, _)) = listener.accept().await {
            if !way.is_cut_off.load(Ordering::SeqCst) {
                tokio::spawn(carry(inside, server.clone(), Arc::clone(&way)));
            }
        }
    });
    front
}

/// One question, and its answer: the server hangs up after each.
async fn carry(inside: TcpStream, server: String, way: Arc<Way>) -> std::io::Result<()> {
    let (mut question, mut hears) = inside.into_split();
    let (answer, mut server) = TcpStream::connect(server).await?.into_split();
    let asking = tokio::spawn(async move { copy(&mut question, &mut server).await });
    let limit = match way.breaks.load(Ordering::SeqCst) {
        0 => u64::MAX,
        _ => way.breaks_after.load(Ordering::SeqCst),
    };
    let carried = copy(&mut answer.take(limit), &mut hears).await;
    if carried? == limit {
        way.breaks.fetch_sub(1, Ordering::SeqCst);
    }
    asking.abort();
    Ok(())
}

impl Drop for S3Server {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}
