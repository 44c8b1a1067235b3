//! An SMTP server, by STARTTLS or TLS.

use std::fmt::Write as _;
use std::net::IpAddr;
use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::Secret;
use fanfare_domain::mail::{MailFailure, MailSender, MailTransport, OutgoingMail};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::response::Severity;
use lettre::transport::smtp::{AsyncSmtpTransport, AsyncSmtpTransportBuilder, Error as SmtpError};
use lettre::{Address, AsyncTransport, Message, Tokio1Executor};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::says_no_such_mailbox;

/// The greeting may take this long …
const TIMEOUT: Duration = Duration::from_secs(60);
/// … and the whole talk this long: the server's own spam checks count too.
const PATIENCE: Duration = Duration::from_secs(300);
const SUBMISSION_PORT: u16 = 587;
const TLS_PORT: u16 = 465;
const PLAIN_PORT: u16 = 25;

/// One SMTP server. Connections are kept open and used again.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

/// Why an address of an SMTP server cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    #[error("it must begin with smtp:// or smtps://")]
    Scheme,
    #[error("it names no host")]
    Host,
    #[error("tls must be required or none")]
    Tls,
    #[error(
        "a name and password may only be sent under TLS: leave out tls=none, or the name and password"
    )]
    PasswordInTheOpen,
    #[error("TLS cannot be set up: {0}")]
    Setup(String),
}

impl Smtp {
    /// `smtps://user:password@host[:465]` speaks TLS from the first byte. `smtp://user:password@host[:587]` begins in the open and
    /// insists on STARTTLS before anything is said. `smtp://host[:port]?tls=none` never encrypts, which is also what a server on this
    /// very machine gets that is named without `tls` and without a password. `ca=/path.pem` trusts the certificates in that file too.
    ///
    /// # Errors
    /// When the address is not of these forms.
    pub fn new(address: &Secret) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(address.expose()).map_err(|_| SmtpUrlError::Scheme)?;
        let host = url.host().ok_or(SmtpUrlError::Host)?.to_owned();
        let builder = match (url.scheme(), security(&url, &host)?) {
            ("smtps", _) => builder(&host, TLS_PORT).tls(Tls::Wrapper(tls(&host, &url)?)),
            ("smtp", Security::StartTls) => {
                builder(&host, SUBMISSION_PORT).tls(Tls::Required(tls(&host, &url)?))
            }
            ("smtp", Security::None) => builder(&host, PLAIN_PORT),
            _ => return Err(SmtpUrlError::Scheme),
        };
        let builder = match url.port() {
            Some(port) => builder.port(port),
            None => builder,
        };
        let builder = match credentials(&url) {
            Some(credentials) => builder.credentials(credentials),
            None => builder,
        };
        let transport = builder.timeout(Some(TIMEOUT)).build();
        Ok(Self { transport })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    StartTls,
    None,
}

fn security(url: &Url, host: &Host) -> Result<Security, SmtpUrlError> {
    let has_password = url.password().is_some();
    let said = url.query_pairs().find(|(name, _)| name == "tls");
    match said.as_ref().map(|(_, value)| value.as_ref()) {
        Some("required") => Ok(Security::StartTls),
        Some("none") if has_password => Err(SmtpUrlError::PasswordInTheOpen),
        Some("none") => Ok(Security::None),
        Some(_) => Err(SmtpUrlError::Tls),
        None if is_here(host) && !has_password => Ok(Security::None),
        None => Ok(Security::StartTls),
    }
}

fn is_here(host: &Host) -> bool {
    // Under a scheme that is not the web's, addresses of version 4 are read as names.
    let ip = name(host).parse::<IpAddr>();
    ip.map_or_else(|_| name(host) == "localhost", |ip| ip.is_loopback())
}

fn builder(host: &Host, port: u16) -> AsyncSmtpTransportBuilder {
    AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(name(host)).port(port)
}

/// The server proves itself by the certificates that the web trusts, and by those in the file that the address names.
fn tls(host: &Host, url: &Url) -> Result<TlsParameters, SmtpUrlError> {
    let setup = |error: &dyn std::fmt::Display| SmtpUrlError::Setup(error.to_string());
    let mut builder = TlsParameters::builder(name(host));
    if let Some((_, file)) = url.query_pairs().find(|(name, _)| name == "ca") {
        let pem = std::fs::read(file.as_ref()).map_err(|error| setup(&error))?;
        let trusted = Certificate::from_pem(&pem).map_err(|error| setup(&error))?;
        builder = builder.add_root_certificate(trusted);
    }
    builder.build().map_err(|error| setup(&error))
}

/// Without the brackets that addresses of version 6 wear in URLs.
fn name(host: &Host) -> String {
    match host {
        Host::Ipv6(ip) => ip.to_string(),
        other => other.to_string(),
    }
}

fn credentials(url: &Url) -> Option<Credentials> {
    let password = url.password()?;
    Some(Credentials::new(plain(url.username()), plain(password)))
}

/// What stands percent-encoded in a URL, as it is meant.
fn plain(encoded: &str) -> String {
    percent_decode_str(encoded).decode_utf8_lossy().into_owned()
}

#[async_trait]
impl MailTransport for Smtp {
    fn name(&self) -> &'static str {
        "smtp"
    }

    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailFailure> {
        let message = message(mail)?;
        match patiently(self.transport.send(message)).await? {
            Ok(_) => Ok(()),
            Err(error) => Err(failure(&error)),
        }
    }

    async fn check(&self) -> Result<(), MailFailure> {
        match patiently(self.transport.test_connection()).await? {
            Ok(true) => Ok(()),
            Ok(false) => Err(MailFailure::Later("The server hangs up.".to_owned())),
            Err(error) => Err(failure(&error)),
        }
    }
}

/// The library's own limit ends with the greeting; a server that falls silent later would hold a message for ever.
async fn patiently<T>(talk: impl Future<Output = T>) -> Result<T, MailFailure> {
    tokio::time::timeout(PATIENCE, talk).await.map_err(|_| {
        let minutes = PATIENCE.as_secs() / 60;
        MailFailure::Later(format!(
            "The server has said nothing for {minutes} minutes."
        ))
    })
}

fn message(mail: &OutgoingMail) -> Result<Message, MailFailure> {
    let refused = |error: &dyn std::fmt::Display| MailFailure::Refused(error.to_string());
    let host = mail.from.address.rsplit('@').next().unwrap_or("localhost");
    let mut builder = Message::builder();
    if let Some(url) = &mail.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{url}>")))
            .raw_header(header(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click",
            ));
    }
    builder
        .from(sender(&mail.from)?)
        .to(Mailbox::new(
            None,
            mail.to.parse().map_err(|error| refused(&error))?,
        ))
        .subject(&mail.subject)
        .message_id(Some(format!("<{}@{host}>", mail.id)))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .multipart(MultiPart::alternative_plain_html(
            mail.text.clone(),
            mail.html.clone(),
        ))
        .map_err(|error| refused(&error))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn sender(from: &MailSender) -> Result<Mailbox, MailFailure> {
    let address: Address = from.address.parse().map_err(|_| {
        MailFailure::Settings("FANFARE_MAIL_FROM is not an e-mail address.".to_owned())
    })?;
    Ok(Mailbox::new(Some(from.name.clone()), address))
}

fn failure(error: &SmtpError) -> MailFailure {
    let said = in_words(error);
    let code = error.status();
    let is_about_us = code.is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538));
    if is_about_us || error.is_tls() {
        return MailFailure::Settings(said);
    }
    let is_final = code.is_some_and(|code| code.severity == Severity::PermanentNegativeCompletion);
    match is_final {
        true if says_no_such_mailbox(&said) => MailFailure::Bounced(said),
        true => MailFailure::Refused(said),
        false => MailFailure::Later(said),
    }
}

fn in_words(error: &SmtpError) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let _ = write!(said, ": {inner}");
        cause = inner.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn security_of(address: &str) -> Result<Security, SmtpUrlError> {
        let url = Url::parse(address).unwrap();
        let host = url.host().unwrap().to_owned();
        security(&url, &host)
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_the_open_unasked() {
        for (address, expected) in [
            ("smtp://mail.example.com", Ok(Security::StartTls)),
            ("smtp://a:b@127.0.0.1:1025", Ok(Security::StartTls)),
            ("smtp://127.0.0.1:1025", Ok(Security::None)),
            ("smtp://[::1]:1025", Ok(Security::None)),
            ("smtp://localhost:1025?tls=required", Ok(Security::StartTls)),
            ("smtp://mail.example.com?tls=none", Ok(Security::None)),
            (
                "smtp://a:b@mail.example.com?tls=none",
                Err(SmtpUrlError::PasswordInTheOpen),
            ),
            ("smtp://mail.example.com?tls=maybe", Err(SmtpUrlError::Tls)),
        ] {
            assert_eq!(security_of(address), expected, "{address}");
        }
    }

    #[test]
    fn a_password_is_what_was_meant_whatever_stands_in_it() {
        for (encoded, meant) in [
            ("plain", "plain"),
            ("a%40b", "a@b"),
            ("a+b%2Fc=", "a+b/c="),
            ("50%", "50%"),
        ] {
            assert_eq!(plain(encoded), meant);
        }
    }

    #[test]
    fn a_message_has_both_forms_and_no_header_of_a_stranger_s() {
        let mail = OutgoingMail {
            unsubscribe: None,
            id: "0191".to_owned(),
            from: MailSender {
                name: "Fanfare".to_owned(),
                address: "fanfare@example.com".to_owned(),
            },
            to: "ada@example.com".to_owned(),
            subject: "Hello\r\nBcc: eve@example.com".to_owned(),
            html: "<p>Hello</p>".to_owned(),
            text: "Hello".to_owned(),
        };
        let raw = String::from_utf8(message(&mail).unwrap().formatted()).unwrap();
        let head = raw.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc:")), "{head}");
        assert!(head.contains("Message-ID: <0191@example.com>"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        assert!(raw.contains("text/plain") && raw.contains("text/html"));
        let crooked = OutgoingMail {
            to: "ada@example.com\r\nRCPT TO:<eve@example.com>".to_owned(),
            ..mail
        };
        assert!(matches!(message(&crooked), Err(MailFailure::Refused(_))));
    }

    #[test]
    fn one_click_is_offered_where_there_is_something_to_stop() {
        let mail = |unsubscribe: Option<&str>| OutgoingMail {
            id: "1".to_owned(),
            from: MailSender::parse("a@example.com").unwrap(),
            to: "b@example.com".to_owned(),
            subject: "Hello".to_owned(),
            html: "<p>Hello</p>".to_owned(),
            text: "Hello".to_owned(),
            unsubscribe: unsubscribe.map(str::to_owned),
        };
        let written =
            |mail: &OutgoingMail| String::from_utf8(message(mail).unwrap().formatted()).unwrap();
        let offered = written(&mail(Some("https://f.example/unsubscribe/1")));
        assert!(offered.contains("List-Unsubscribe: <https://f.example/unsubscribe/1>\r\n"));
        assert!(offered.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
        assert!(!written(&mail(None)).contains("List-Unsubscribe"));
    }
}
