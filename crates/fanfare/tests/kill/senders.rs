//! Platforms that tell of comments as fast as they are answered, and note what was answered with 200.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_testkit::client;
use serde_json::json;
use tokio::task::JoinSet;
use url::Url;

use crate::hub::SECRET;

/// The ids of comments.
type Ids = Arc<Mutex<BTreeSet<String>>>;

/// What platforms tell of some Pages, and what of it was taken.
pub struct Senders {
    pages: Vec<String>,
    taken: Ids,
    stopped: Arc<AtomicBool>,
}

impl Senders {
    pub fn new(pages: Vec<String>) -> Self {
        Self {
            pages,
            taken: Ids::default(),
            stopped: Arc::default(),
        }
    }

    /// How many were answered with 200.
    pub fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    /// All that were answered with 200.
    pub fn taken(&self) -> BTreeSet<String> {
        self.taken.lock().unwrap().clone()
    }

    /// So many tell things to the program at `url` until it is gone, or until they are stopped. `name` is in the ids of what they tell.
    pub fn begin(&self, url: &Url, name: &str, senders: usize) -> JoinSet<()> {
        let mut sending = JoinSet::new();
        let client = client();
        let address = url.join("/hooks/facebook").unwrap();
        self.stopped.store(false, Ordering::Relaxed);
        for sender in 0..senders {
            let (client, address) = (client.clone(), address.clone());
            let (taken, stopped) = (Arc::clone(&self.taken), Arc::clone(&self.stopped));
            let page = self.pages[sender % self.pages.len()].clone();
            let name = format!("{name}-{sender}");
            sending.spawn(async move {
                for number in 0.. {
                    if stopped.load(Ordering::Relaxed) {
                        return;
                    }
                    let id = format!("{name}-{number}");
                    let body = comment(&page, &id);
                    let signature = hmac_sha256_hex(SECRET.as_bytes(), body.as_bytes());
                    let request = client
                        .post(address.clone())
                        .header("X-Hub-Signature-256", format!("sha256={signature}"))
                        .body(body);
                    match request.send().await {
                        Ok(answer) if answer.status().is_success() => {
                            taken.lock().unwrap().insert(id);
                        }
                        Ok(answer) => panic!("{}", answer.status()),
                        Err(_) => return,
                    }
                }
            });
        }
        sending
    }

    /// Whoever was begun ends after what is under way.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

fn comment(page: &str, id: &str) -> String {
    let value = json!({ "item": "comment", "verb": "add", "comment_id": id, "post_id": "p", "created_time": 1, "message": "Hello" });
    json!({ "object": "page", "entry": [{ "id": page, "time": 1, "changes": [{ "field": "feed", "value": value }] }] }).to_string()
}
