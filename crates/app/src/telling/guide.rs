//! The examples of `docs/guides/webhooks.md`, run as they stand there: each takes what was signed here, and nothing else.

use std::path::Path;
use std::process::Command;

use fanfare_domain::{Clock, SystemClock};
use tempfile::TempDir;

use super::sign;

// The clock of people who write receivers is the machine's.
#[expect(clippy::disallowed_methods)]
mod verify;

const GUIDE: &str = include_str!("../../../../docs/guides/webhooks.md");
const ID: &str = "01a3c0de-0000-7000-8000-000000000001";
/// Characters of several bytes, quotes, what shells and formats expand, and a line break at the end.
const BODY: &str =
    "{\"type\": \"post.published\", \"data\": {\"text\": \"¡Olé! 🎺 $HOME %s \\\\n ‘’\"}}\n";
const MINUTE: i64 = 60;

/// How an example's process says that it refuses; anything else but 0 is a fault of the example.
const REFUSED: i32 = 3;
const PYTHON: &str = r#"
import os, sys
headers = {"webhook-id": os.environ["ID"], "webhook-timestamp": os.environ["TIMESTAMP"], "webhook-signature": os.environ["SIGNATURES"]}
try:
    message = verify(os.environ["SECRET"], headers, open(os.environ["BODY"], "rb").read())
except ValueError:
    sys.exit(3)
assert message["type"] == "post.published"
"#;
const JAVASCRIPT: &str = r#"
import { readFileSync } from "node:fs";
const { SECRET, ID, TIMESTAMP, SIGNATURES, BODY } = process.env;
const headers = { "webhook-id": ID, "webhook-timestamp": TIMESTAMP, "webhook-signature": SIGNATURES };
let message;
try {
  message = verify(SECRET, headers, readFileSync(BODY));
} catch (error) {
  if (error.constructor !== Error) throw error;
  process.exit(3);
}
if (message.type !== "post.published") throw new Error("another message");
"#;
const BASH: &str = r#"
verify "$SECRET" "$ID" "$TIMESTAMP" "$SIGNATURES" "$BODY" || exit 3
"#;

/// What comes to a receiver, and the secret that it knows.
#[derive(Debug, Clone)]
struct Heard {
    secret: String,
    id: String,
    timestamp: String,
    signatures: String,
    body: String,
}

/// Messages by what is particular about them, and whether a receiver takes them.
fn cases() -> Vec<(&'static str, Heard, bool)> {
    let now = SystemClock.now().as_second();
    let (secret, other) = (sign::fresh().to_vec(), sign::fresh().to_vec());
    let heard = |signers: &[&Vec<u8>], at: i64| {
        let signers: Vec<Vec<u8>> = signers.iter().copied().cloned().collect();
        Heard {
            secret: sign::in_text(&secret).expose().to_owned(),
            id: ID.to_owned(),
            timestamp: at.to_string(),
            signatures: sign::signatures(&signers, ID, at, BODY),
            body: BODY.to_owned(),
        }
    };
    let genuine = heard(&[&secret], now);
    let with = |change: fn(&mut Heard)| {
        let mut heard = genuine.clone();
        change(&mut heard);
        heard
    };
    vec![
        ("genuine", genuine.clone(), true),
        ("new secret first", heard(&[&other, &secret], now), true),
        ("new secret last", heard(&[&secret, &other], now), true),
        (
            "four minutes old",
            heard(&[&secret], now - 4 * MINUTE),
            true,
        ),
        (
            "six minutes old",
            heard(&[&secret], now - 6 * MINUTE),
            false,
        ),
        ("of the future", heard(&[&secret], now + 6 * MINUTE), false),
        ("signed by a stranger", heard(&[&other], now), false),
        (
            "altered",
            with(|heard| heard.body = heard.body.replace("Olé", "Ole")),
            false,
        ),
        (
            "without its last line break",
            with(|heard| heard.body = heard.body.trim_end().to_owned()),
            false,
        ),
        (
            "under another id",
            with(|heard| heard.id.replace_range(..1, "1")),
            false,
        ),
        (
            "at another time",
            with(|heard| {
                heard.timestamp = (heard.timestamp.parse::<i64>().unwrap() - 1).to_string();
            }),
            false,
        ),
        (
            "at no time",
            with(|heard| heard.timestamp = "soon".to_owned()),
            false,
        ),
        ("unsigned", with(|heard| heard.signatures.clear()), false),
        (
            "signed in another way",
            with(|heard| heard.signatures.insert(2, 'a')),
            false,
        ),
    ]
}

/// The one block of the guide in that language.
fn block(language: &str) -> &'static str {
    let fence = format!("\n```{language}\n");
    let mut blocks = GUIDE.split(&fence).skip(1);
    let (block, _) = blocks
        .next()
        .and_then(|rest| rest.split_once("```\n"))
        .unwrap_or_else(|| panic!("the guide has no {language}"));
    assert!(blocks.next().is_none(), "the guide has {language} twice");
    block
}

/// Hands every message to the example in a process of its own.
fn run(language: &str, program: &str, script: &str, driver: &str) {
    let folder = TempDir::new().unwrap();
    let script = folder.path().join(script);
    std::fs::write(&script, format!("{}{driver}", block(language))).unwrap();
    for (name, heard, taken) in cases() {
        let body = folder.path().join("body");
        std::fs::write(&body, &heard.body).unwrap();
        let took = takes(program, &script, &heard, &body);
        assert_eq!(took, taken, "{language}: {name}: {heard:?}");
    }
}

fn takes(program: &str, script: &Path, heard: &Heard, body: &Path) -> bool {
    let ended = Command::new(program)
        .arg(script)
        .env("SECRET", &heard.secret)
        .env("ID", &heard.id)
        .env("TIMESTAMP", &heard.timestamp)
        .env("SIGNATURES", &heard.signatures)
        .env("BODY", body)
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed to run the guide's examples: {error}"));
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(said, "", "{program}");
    match ended.status.code() {
        Some(0) => true,
        Some(REFUSED) => false,
        _ => panic!("{program} ended with {}", ended.status),
    }
}

#[test]
fn the_example_in_python_takes_what_is_genuine_and_nothing_else() {
    run("python", "python3", "receive.py", PYTHON);
}

#[test]
fn the_example_in_javascript_takes_what_is_genuine_and_nothing_else() {
    run("js", "node", "receive.mjs", JAVASCRIPT);
}

#[test]
fn the_example_in_bash_takes_what_is_genuine_and_nothing_else() {
    run("bash", "bash", "receive.sh", BASH);
}

#[test]
fn the_example_in_rust_takes_what_is_genuine_and_nothing_else() {
    assert_eq!(block("rust"), include_str!("guide/verify.rs"));
    for (name, heard, taken) in cases() {
        let Heard {
            secret,
            id,
            timestamp,
            signatures,
            body,
        } = &heard;
        let took = verify::verify(secret, id, timestamp, signatures, body.as_bytes());
        assert_eq!(took, taken, "{name}: {heard:?}");
    }
}
