//! SendGrid's signed Event Webhook: what became of messages after they were taken.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fanfare_domain::mail::{Fate, MailReport, ReportRefused, ReportRequest};
use jiff::{SignedDuration, Timestamp};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use serde_json::Value;

const SIGNATURE: &str = "x-twilio-email-event-webhook-signature";
const TIMESTAMP: &str = "x-twilio-email-event-webhook-timestamp";
/// SendGrid tries for a day to tell an event; nothing older is news.
const OLDEST: SignedDuration = SignedDuration::from_hours(25);
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);
/// What stands before the point in a P-256 key's `SubjectPublicKeyInfo`.
const P256_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const POINT_BYTES: usize = 65;
const LONGEST_WORDS: usize = 300;

/// The verification key that SendGrid shows beside "Signed Event Webhook Requests".
#[derive(Debug, Clone)]
pub struct EventKey(Vec<u8>);

impl EventKey {
    /// Reads the key as SendGrid shows it; lines and marks of a PEM file do not matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bare: String = text
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .flat_map(|line| line.chars().filter(|c| !c.is_whitespace()))
            .collect();
        let der = STANDARD.decode(bare).ok()?;
        let point = der.strip_prefix(P256_HEAD.as_slice())?;
        // 4: both coordinates follow.
        (point.len() == POINT_BYTES && point[0] == 4).then(|| Self(point.to_vec()))
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.0)
            .verify(message, signature)
            .is_ok()
    }
}

/// The events of a request, once its signature is verified.
pub(super) fn read(
    key: &EventKey,
    told: &ReportRequest<'_>,
) -> Result<Vec<MailReport>, ReportRefused> {
    let header = |name| (told.header)(name).ok_or(ReportRefused::Signature);
    let (signature, timestamp) = (header(SIGNATURE)?, header(TIMESTAMP)?);
    let signature = STANDARD
        .decode(signature)
        .map_err(|_| ReportRefused::Signature)?;
    let message = [timestamp.as_bytes(), told.body].concat();
    if !key.verifies(&message, &signature) {
        return Err(ReportRefused::Signature);
    }
    if !is_news(timestamp, told.now) {
        return Err(ReportRefused::TooOld);
    }
    let events: Vec<Value> =
        serde_json::from_slice(told.body).map_err(|_| ReportRefused::Unreadable)?;
    Ok(events.iter().filter_map(report).collect())
}

fn is_news(timestamp: &str, now: Timestamp) -> bool {
    let at = timestamp.parse().map(Timestamp::from_second);
    matches!(at, Ok(Ok(at)) if at >= now - OLDEST && at <= now + CLOCKS_DIFFER)
}

/// One event, if it says how a message ended. Every field may be missing, and there may be kinds that we do not know.
fn report(event: &Value) -> Option<MailReport> {
    let text = |name: &str| event[name].as_str().unwrap_or_default();
    let fate = match text("event") {
        "delivered" => Fate::Delivered,
        "bounce" if text("type") == "blocked" => Fate::Blocked,
        "bounce" => Fate::Bounced,
        "dropped" => Fate::Dropped,
        "spamreport" => Fate::CalledSpam,
        _ => return None,
    };
    let to = text("email").trim().to_lowercase();
    let words: String = text("reason").chars().take(LONGEST_WORDS).collect();
    (!to.is_empty()).then(|| MailReport {
        message: event["fanfare_id"].as_str().map(str::to_owned),
        to,
        fate,
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of SendGrid's own library.
    const KEY: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
    const AT: &str = "1600112502";
    const SIGNED: &str = "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
    const BODY: &str = concat!(
        r#"[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]"#,
        "\r\n"
    );

    fn told(
        body: &str,
        at: &str,
        signed: &str,
        now: i64,
    ) -> Result<Vec<MailReport>, ReportRefused> {
        let header = |name: &str| match name {
            SIGNATURE => Some(signed),
            TIMESTAMP => Some(at),
            _ => None,
        };
        let request = ReportRequest {
            header: &header,
            body: body.as_bytes(),
            now: Timestamp::from_second(now).unwrap(),
        };
        read(&EventKey::parse(KEY).unwrap(), &request)
    }

    #[test]
    fn sendgrids_own_vector_is_verified_and_read() {
        let reports = told(BODY, AT, SIGNED, 1_600_112_600).unwrap();
        let expected = MailReport {
            message: None,
            to: "hello@world.com".to_owned(),
            fate: Fate::Dropped,
            words: "Bounced Address".to_owned(),
        };
        assert_eq!(reports, [expected]);
    }

    #[test]
    fn whatever_is_changed_is_refused() {
        let now = 1_600_112_600;
        let forged = BODY.replace("hello@", "other@");
        for (body, at, signed) in [
            (forged.as_str(), AT, SIGNED),
            (BODY.trim_end(), AT, SIGNED),
            (BODY, "1600112503", SIGNED),
            (BODY, AT, "AAAA"),
            (BODY, AT, "not base64"),
            (BODY, AT, ""),
        ] {
            assert_eq!(told(body, at, signed, now), Err(ReportRefused::Signature));
        }
    }

    #[test]
    fn an_old_signature_is_refused() {
        let sent = 1_600_112_502;
        for (now, expected) in [
            (sent + 24 * 3600, true),
            (sent + 26 * 3600, false),
            (sent - 3600, false),
        ] {
            assert_eq!(told(BODY, AT, SIGNED, now).is_ok(), expected, "{now}");
        }
    }

    #[test]
    fn a_key_is_read_with_or_without_its_lines() {
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n{}\n-----END PUBLIC KEY-----\n",
            &KEY[..64],
            &KEY[64..]
        );
        assert!(EventKey::parse(&pem).is_some());
        for wrong in ["", "AAAA", "no key", &KEY[..80]] {
            assert!(EventKey::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn each_event_says_how_a_message_ended_or_nothing() {
        let fate = |event: &str| {
            let event: Value = serde_json::from_str(event).unwrap();
            report(&event).map(|report| report.fate)
        };
        for (event, expected) in [
            (
                r#"{"event":"delivered","email":"a@b.co"}"#,
                Some(Fate::Delivered),
            ),
            (
                r#"{"event":"bounce","type":"bounce","email":"a@b.co"}"#,
                Some(Fate::Bounced),
            ),
            (
                r#"{"event":"bounce","type":"blocked","email":"a@b.co"}"#,
                Some(Fate::Blocked),
            ),
            (
                r#"{"event":"spamreport","email":"a@b.co"}"#,
                Some(Fate::CalledSpam),
            ),
            (r#"{"event":"open","email":"a@b.co"}"#, None),
            (r#"{"event":"delivered"}"#, None),
            (r#"{"event":7}"#, None),
            ("[]", None),
        ] {
            assert_eq!(fate(event), expected, "{event}");
        }
    }
}
