//! The examples of `docs/guides/webhooks.md` verify what is signed, and refuse what is not.

use std::io::Write;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

const GUIDE: &str = include_str!("../../../../docs/guides/webhooks.md");
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &str = r#"{"text":"¡Hola!"}"#;

#[test]
fn the_python_example_verifies() {
    let call = "\nimport sys\nh = {'webhook-id': sys.argv[2], 'webhook-timestamp': sys.argv[3], 'webhook-signature': sys.argv[4]}\n\
                sys.exit(0 if verify(sys.argv[1], h, sys.stdin.buffer.read()) else 1)";
    try_example("python", "python3", &["-c"], call);
}

#[test]
fn the_javascript_example_verifies() {
    let call = "\nconst [secret, id, at, sig] = process.argv.slice(1);\n\
                const h = {'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': sig};\n\
                process.exit(verify(secret, h, require('fs').readFileSync(0)) ? 0 : 1);";
    try_example("javascript", "node", &["-e"], call);
}

#[test]
fn the_bash_example_verifies() {
    try_example(
        "bash",
        "bash",
        &["-c"],
        "\nverify \"$0\" \"$1\" \"$2\" \"$3\"",
    );
}

fn try_example(language: &str, program: &str, before: &[&str], call: &str) {
    let code = format!("{}{call}", block(language));
    let at = jiff::Timestamp::now().as_second();
    let good = format!("v1,AAAA {}", signature(at));
    for (at, given, body, expected) in [
        (at, good.clone(), BODY, true),
        (at, good.clone(), "{}", false),
        (at, "v1,AAAA".to_owned(), BODY, false),
        (at - 400, signature(at - 400), BODY, false),
    ] {
        let args = [SECRET, "msg_1", &at.to_string(), &given];
        let Ok(mut child) = Command::new(program)
            .args(before)
            .arg(&code)
            .args(args)
            .stdin(Stdio::piped())
            .spawn()
        else {
            eprintln!("{program} is not here, so its example is not tried");
            return;
        };
        let written = child.stdin.take().unwrap().write_all(body.as_bytes());
        let status = child.wait().unwrap();
        assert_eq!(
            status.success(),
            expected,
            "{language}: {given} {body} {written:?}"
        );
    }
}

fn signature(at: i64) -> String {
    let key = STANDARD.decode(SECRET.strip_prefix("whsec_").unwrap());
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key.unwrap());
    let signed = hmac::sign(&key, format!("msg_1.{at}.{BODY}").as_bytes());
    format!("v1,{}", STANDARD.encode(signed.as_ref()))
}

fn block(language: &str) -> &'static str {
    let (_, rest) = GUIDE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("\n```").unwrap().0
}
