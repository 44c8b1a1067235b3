//! The API over HTTP, by the program's own wiring, on both databases.

mod accounts;
mod alerts;
mod api_keys;
mod archive;
mod around_two_factor;
mod audit;
mod audit_chain;
mod bad_input;
mod calendar;
mod calls_by_key;
mod cross_site;
mod deleted_workspace;
mod described;
mod device_tokens;
mod examples;
mod first_run;
mod fixation;
mod frame;
mod idempotency;
mod injection;
mod invitation_mail;
mod invitations;
mod kept_answers;
mod links;
mod lists;
mod live;
mod logins;
mod mail_templates;
mod mailbox;
mod members;
mod notifications;
mod oidc;
mod own_account;
mod pages;
mod passkeys;
mod permissions;
mod repeats;
mod residue;
mod retention;
mod saved_filters;
mod sessions;
mod strangers_keys;
mod timing;
mod two_factor;
mod unverified;
mod walls;
mod workspaces;

/// Makes tests of functions that take a hub.
macro_rules! with_hub {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &fanfare_testkit::TestDatabase| {
            let hub = fanfare_testkit::TestHub::start_with(database, super::VARIABLES).await;
            super::$name(&hub).await;
            hub.stop().await;
        });
    )+};
}
pub(crate) use with_hub;

/// Settings under which everybody may register.
const OPEN: &[(&str, &str)] = &[("FANFARE_REGISTRATION", "open")];
/// What [`fanfare_testkit::Browser::register`] chooses.
const PASSWORD: &str = "correct horse battery staple";
