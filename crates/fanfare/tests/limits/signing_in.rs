//! Who is held back when somebody guesses, and who is not.

use fanfare_app::accounts::{self, LoggedIn, Visitor};
use fanfare_app::{AppError, RefusalKind};
use fanfare_domain::Secret;
use fanfare_testkit::{TestDatabase, TestHub, both_databases};

const ADA: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery staple";

#[derive(Debug, PartialEq, Eq)]
enum Came {
    In,
    Wrong,
    HeldBack,
}

async fn try_from(hub: &TestHub, ip: &str, email: &str, password: &str) -> Came {
    let visitor = Visitor {
        ip: ip.to_owned(),
        ..Visitor::default()
    };
    match accounts::log_in(&hub.app, email, &Secret::new(password), &visitor).await {
        Ok(LoggedIn::Session(_) | LoggedIn::SecondStep(_)) => Came::In,
        Err(AppError::Refused(refusal)) => match refusal.kind {
            RefusalKind::NotAuthenticated => Came::Wrong,
            RefusalKind::TooMany { .. } => Came::HeldBack,
            other => panic!("{other:?}"),
        },
        Err(AppError::Broken(error)) => panic!("{error:?}"),
    }
}

both_databases!(
    a_stranger_who_guesses_locks_out_only_themselves,
    async |database: &TestDatabase| {
        let hub = TestHub::start(database).await;
        hub.browser().register(ADA).await;
        for email in [ADA, "nobody@example.com"] {
            for _ in 0..10 {
                assert_eq!(
                    try_from(&hub, "198.51.100.1", email, "a guess").await,
                    Came::Wrong
                );
            }
            assert_eq!(
                try_from(&hub, "198.51.100.1", email, "a guess").await,
                Came::HeldBack
            );
        }
        assert_eq!(try_from(&hub, "203.0.113.7", ADA, PASSWORD).await, Came::In);
        hub.stop().await;
    }
);

both_databases!(
    many_machines_guess_no_faster_and_the_owner_gets_in_where_they_are_known,
    async |database: &TestDatabase| {
        let hub = TestHub::start(database).await;
        hub.browser().register(ADA).await;
        assert_eq!(try_from(&hub, "203.0.113.7", ADA, PASSWORD).await, Came::In);
        // The owner's own coming in was one of the hundred.
        for (email, allowed) in [(ADA, 99), ("nobody@example.com", 100)] {
            for number in 0..allowed {
                let ip = format!("198.51.100.{}", number / 9);
                assert_eq!(
                    try_from(&hub, &ip, email, "a guess").await,
                    Came::Wrong,
                    "{number}"
                );
            }
            assert_eq!(
                try_from(&hub, "192.0.2.1", email, "a guess").await,
                Came::HeldBack
            );
        }
        assert_eq!(try_from(&hub, "203.0.113.7", ADA, PASSWORD).await, Came::In);
        hub.stop().await;
    }
);

both_databases!(
    one_place_tries_no_more_than_a_hundred_addresses,
    async |database: &TestDatabase| {
        let hub = TestHub::start(database).await;
        hub.browser().register(ADA).await;
        for number in 0..100 {
            // Right ones do not count.
            if number % 10 == 0 {
                assert_eq!(try_from(&hub, "2001:db8::1", ADA, PASSWORD).await, Came::In);
            }
            let ip = format!("2001:db8::{number:x}");
            let email = format!("{number}@example.com");
            assert_eq!(
                try_from(&hub, &ip, &email, "a guess").await,
                Came::Wrong,
                "{number}"
            );
        }
        assert_eq!(
            try_from(&hub, "2001:db8::ffff", "new@example.com", "a guess").await,
            Came::HeldBack
        );
        assert_eq!(
            try_from(&hub, "2001:db8:0:1::1", "new@example.com", "a guess").await,
            Came::Wrong
        );
        hub.stop().await;
    }
);
