//! How often something may be tried: one table, and the port behind which attempts are counted.

use async_trait::async_trait;
use jiff::SignedDuration;

use crate::named;

named! {
    /// Something that may be tried only so often.
    pub enum Limit {
        /// Passwords for one e-mail address from one place. A success forgets them.
        SignIn = "sign_in",
        /// Passwords for one e-mail address from all places together that its owner is not signed in at. It is loose, so that no stranger
        /// can keep others from signing in by guessing.
        SignInAddress = "sign_in_address",
        /// Passwords from one place, whatever the address. A success is given back.
        SignInPlace = "sign_in_place",
        /// Accounts made from one place.
        Register = "register",
        /// Messages to one address, whoever asks for them: new passwords, verification, recovery, invitations.
        MailToAddress = "mail_to_address",
        /// Requests for messages from one place.
        MailFromPlace = "mail_from_place",
        /// Invitations that one person has sent, whoever they are for.
        Invitations = "invitations",
        /// Links that let somebody in or prove an address, from one place.
        Links = "links",
        /// Signing in with another provider, from one place.
        SignInElsewhere = "sign_in_elsewhere",
        /// Passkeys asked for and answered, from one place. Each look at the log-in page asks.
        Passkeys = "passkeys",
        /// Codes of the second step, for one person. A right one forgets them.
        SecondStep = "second_step",
        /// Passwords asked for again by somebody signed in. A right one forgets them.
        PasswordAgain = "password_again",
        /// New access tokens of devices, from one place.
        DeviceToken = "device_token",
        /// Calls with one API key; each key may have a number of its own.
        ApiKey = "api_key",
        /// Files that one person adds.
        UploadPerson = "upload_person",
        /// Files that all of a workspace add.
        UploadWorkspace = "upload_workspace",
    }
}

named! {
    /// Whose attempts are counted together.
    pub enum CountedBy {
        Address = "e-mail address",
        Place = "client address",
        AddressAndPlace = "e-mail address and client address",
        Person = "person",
        Workspace = "workspace",
        Key = "API key",
    }
}

/// So many at once, and again as many in each span, evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub burst: u32,
    pub per: SignedDuration,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub limit: Limit,
    pub counted_by: CountedBy,
    pub rate: Rate,
}

/// Every limit there is. `docs/admin/limits.md` shows the same to operators.
pub const RULES: &[Rule] = &[
    rule(Limit::SignIn, CountedBy::AddressAndPlace, 10, 15),
    rule(Limit::SignInAddress, CountedBy::Address, 100, 15),
    rule(Limit::SignInPlace, CountedBy::Place, 100, 15),
    rule(Limit::Register, CountedBy::Place, 30, 60),
    rule(Limit::MailToAddress, CountedBy::Address, 3, 60),
    rule(Limit::MailFromPlace, CountedBy::Place, 20, 60),
    rule(Limit::Invitations, CountedBy::Person, 100, 1_440),
    rule(Limit::Links, CountedBy::Place, 30, 15),
    rule(Limit::SignInElsewhere, CountedBy::Place, 100, 15),
    rule(Limit::Passkeys, CountedBy::Place, 200, 15),
    rule(Limit::SecondStep, CountedBy::Person, 5, 15),
    rule(Limit::PasswordAgain, CountedBy::Person, 10, 15),
    rule(Limit::DeviceToken, CountedBy::Place, 120, 15),
    rule(Limit::ApiKey, CountedBy::Key, 600, 1),
    rule(Limit::UploadPerson, CountedBy::Person, 300, 60),
    rule(Limit::UploadWorkspace, CountedBy::Workspace, 1_000, 60),
];

const fn rule(limit: Limit, counted_by: CountedBy, burst: u32, minutes: i64) -> Rule {
    let per = SignedDuration::from_mins(minutes);
    Rule {
        limit,
        counted_by,
        rate: Rate { burst, per },
    }
}

impl Limit {
    /// Its line of the table.
    ///
    /// # Panics
    /// Never: a test looks that each limit has a line.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        let found = RULES.iter().find(|rule| rule.limit == self);
        found.expect("every limit has a line in the table")
    }
}

/// Whose attempts at what: the name under which they are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bucket(String);

impl Bucket {
    #[must_use]
    pub fn new(limit: Limit, who: &str) -> Self {
        Self(format!("{limit}:{who}"))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub is_allowed: bool,
    /// How many more are allowed at once.
    pub left: u32,
    /// In how long another is; zero for one that was allowed.
    pub wait: SignedDuration,
    /// In how long all of the burst is there again.
    pub full_in: SignedDuration,
}

/// Where attempts are counted, as operators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// `memory` or `redis`.
    pub backend: &'static str,
    /// Whether it answers. While it does not, each process counts for itself.
    pub is_up: bool,
}

/// Counts attempts: in this process, or in one place for all of them.
#[async_trait]
pub trait RateLimits: Send + Sync {
    /// Counts one attempt, if it is allowed.
    async fn take(&self, bucket: &Bucket, rate: Rate) -> Taken;

    /// Takes back one that was counted.
    async fn give_back(&self, bucket: &Bucket, rate: Rate);

    /// Forgets all that was counted.
    async fn forget(&self, bucket: &Bucket);

    fn counting(&self) -> Counting;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_has_one_line_and_operators_can_read_it() {
        let page = include_str!("../../../docs/admin/limits.md");
        assert_eq!(RULES.len(), Limit::ALL.len());
        for limit in Limit::ALL {
            let Rule {
                counted_by, rate, ..
            } = limit.rule();
            let (burst, minutes) = (rate.burst, rate.per.as_mins());
            let line = format!("| `{limit}` | {counted_by} | {burst} | {minutes} min |");
            assert!(page.contains(&line), "missing in limits.md: {line}");
        }
    }
}
