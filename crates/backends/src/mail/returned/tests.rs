use super::*;

const ID: &str = "01a1fa4f-b4d2-7828-887f-245a61288886";

/// Notices as servers write them, each with what it says.
const NOTICES: [(&str, &str, Fate, &str); 7] = [
    (
        "postfix, no such mailbox",
        include_str!("tests/postfix-unknown.eml"),
        Fate::Bounced,
        "550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
    ),
    (
        "postfix, still trying",
        include_str!("tests/postfix-delayed.eml"),
        Fate::Delayed,
        "connect to mx.example.com[192.0.2.25]:25: Connection timed out",
    ),
    (
        "postfix, tried for five days",
        include_str!("tests/postfix-expired.eml"),
        Fate::Blocked,
        "connect to mx.example.com[192.0.2.25]:25: Connection timed out",
    ),
    (
        "exim, with a status that says nothing",
        include_str!("tests/exim-unknown.eml"),
        Fate::Bounced,
        "550 5.1.1 <gone@example.com>: No such user here",
    ),
    (
        "exchange, by base64",
        include_str!("tests/exchange-unknown.eml"),
        Fate::Bounced,
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    ),
    (
        "gmail, a full mailbox",
        include_str!("tests/gmail-full.eml"),
        Fate::Blocked,
        "552-5.2.2 The recipient's inbox is out of storage space. 552 5.2.2 https://support.google.com/mail/?p=OverQuotaPerm",
    ),
    (
        "gmail, without the message itself",
        include_str!("tests/gmail-unknown.eml"),
        Fate::Bounced,
        "550-5.1.1 The email account that you tried to reach does not exist.",
    ),
];

#[test]
fn each_server_s_notice_is_understood_with_either_end_of_line() {
    for (name, text, fate, words) in NOTICES {
        let expected = MailReport {
            message: Some(ID.to_owned()),
            to: "gone@example.com".to_owned(),
            fate,
            words: words.to_owned(),
        };
        let in_mailbox = format!("From MAILER-DAEMON Fri Nov 27 09:00:00 2026\n{text}");
        for form in [text, &text.replace('\n', "\r\n"), &in_mailbox] {
            let read = read_notice(form.as_bytes());
            assert_eq!(read.as_deref(), Ok([expected.clone()].as_slice()), "{name}");
        }
    }
}

/// A notice with these fields of recipients, and `back` as what came back.
fn notice(fields: &str, back: &str) -> String {
    format!(
        "From: MAILER-DAEMON@example.com\nTo: team@example.com\nSubject: Returned\nMIME-Version: 1.0\n\
         Content-Type: Multipart/Report; Report-Type=\"Delivery-Status\"; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nIt did not arrive.\n\n\
         --b\nContent-Type: Message/Delivery-Status\n\nReporting-MTA: dns; mail.example.com\n\n{fields}\n\
         --b\nContent-Type: text/rfc822-headers\n\n{back}\n--b--\n"
    )
}

#[test]
fn each_recipient_is_told_apart_and_what_went_on_elsewhere_says_nothing() {
    let fields = "Final-Recipient: rfc822; One@Example.com\nAction: Failed\nStatus: 5.1.2 (no such host)\n\n\n\
                  original-recipient: utf-8; <grüße@example.com>\nFinal-Recipient: utf-8;two@elsewhere.example\nAction: delayed\nStatus: 4.2.2\n\n\
                  Final-Recipient: rfc822;three@example.com\nAction: relayed\nStatus: 2.0.0\n\n\
                  Final-Recipient: rfc822;four@example.com\nAction: delivered\nStatus: 2.1.5\n";
    let reports = read_notice(notice(fields, "Message-ID: <7@example.com>\n").as_bytes()).unwrap();
    let told: Vec<(&str, Fate, &str)> = reports
        .iter()
        .map(|report| (report.to.as_str(), report.fate, report.words.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("one@example.com", Fate::Bounced, "5.1.2 (no such host)"),
            ("grüße@example.com", Fate::Delayed, "4.2.2"),
            ("four@example.com", Fate::Delivered, "2.1.5"),
        ]
    );
    assert!(
        reports
            .iter()
            .all(|report| report.message.as_deref() == Some("7"))
    );
}

#[test]
fn only_an_address_that_does_not_exist_bounces() {
    let fate = |status: &str, said: &str| {
        let fields = format!(
            "Final-Recipient: rfc822;a@example.com\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n"
        );
        read_notice(notice(&fields, "").as_bytes()).unwrap()[0].fate
    };
    for (status, said, expected) in [
        ("5.1.1", "550 no", Fate::Bounced),
        ("5.1.10", "550 no", Fate::Bounced),
        ("5.0.0", "550-5.1.1 no such user", Fate::Bounced),
        ("", "550 5.1.1: no such user", Fate::Bounced),
        ("5.0.0", "550 no such user", Fate::Blocked),
        ("5.7.1", "550 5.7.1 spam, said 5.1.1.1", Fate::Blocked),
        (
            "5.2.2",
            "552 5.2.2 full; 5.1.1 is another thing",
            Fate::Blocked,
        ),
        ("4.4.7", "expired", Fate::Blocked),
    ] {
        assert_eq!(fate(status, said), expected, "{status} {said}");
    }
}

#[test]
fn what_is_said_is_kept_short_and_on_one_line() {
    let said = format!("smtp; 550\u{7}\u{1b}[31m no\n  {}", "x".repeat(2000));
    let fields = format!(
        "Final-Recipient: rfc822;a@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: {said}\n"
    );
    let reports = read_notice(notice(&fields, "").as_bytes()).unwrap();
    let words = &reports[0].words;
    assert!(words.starts_with("550 [31m no xxx"), "{words}");
    assert_eq!(words.chars().count(), LONGEST_WORDS);
}

#[test]
fn other_messages_are_no_notices() {
    let fields = "Final-Recipient: rfc822;a@example.com\nAction: failed\nStatus: 5.1.1\n";
    let whole = notice(fields, "");
    let receipt = whole.replace("Delivery-Status\"", "disposition-notification\"");
    let without_status = whole.replace("Message/Delivery-Status", "text/plain");
    for (text, expected) in [
        ("", NoNotice::Unreadable),
        ("From nobody", NoNotice::Unreadable),
        ("\u{0}\u{1}\u{2}", NoNotice::OtherKind),
        (
            "From: ada@example.com\nSubject: Out of office\n\nI am away.\n",
            NoNotice::OtherKind,
        ),
        (receipt.as_str(), NoNotice::OtherKind),
        (without_status.as_str(), NoNotice::OtherKind),
        (notice("", "").as_str(), NoNotice::Empty),
        (
            notice("Final-Recipient: rfc822; nobody\nAction: failed\n", "").as_str(),
            NoNotice::Empty,
        ),
    ] {
        assert_eq!(read_notice(text.as_bytes()), Err(expected), "{text}");
    }
    let long = whole + &"x".repeat(LONGEST_NOTICE);
    assert_eq!(read_notice(long.as_bytes()), Err(NoNotice::TooLong));
    let nested = "Content-Type: message/rfc822\n\n".repeat(LONGEST_NOTICE / 40);
    assert_eq!(read_notice(nested.as_bytes()), Err(NoNotice::OtherKind));
}

#[test]
fn no_damage_makes_it_fall_over() {
    // Numbers that are the same each time.
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    for (_, text, ..) in NOTICES {
        for end in 0..text.len() {
            let _ = read_notice(&text.as_bytes()[..end]);
        }
        for _ in 0..500 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=next(8) {
                let at = next(bytes.len());
                match next(3) {
                    0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                    1 => drop(bytes.drain(at..(at + next(40)).min(bytes.len()))),
                    _ => bytes.extend_from_within(at..),
                }
            }
            let _ = read_notice(&bytes);
        }
    }
}
