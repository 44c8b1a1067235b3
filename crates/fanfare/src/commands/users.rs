//! `fanfare users`: people's accounts, for whoever runs the machine.

use anyhow::{Context as _, Result};
use fanfare_app::App;
use fanfare_app::accounts::{self, AccountChange, UserInList};
use fanfare_store::audit::Actor;

use super::wired;
use crate::command_line::UsersQuestion;
use crate::config::Config;

const PAGE: u32 = 100;

pub(super) async fn answer(config: &Config, question: &UsersQuestion) -> Result<()> {
    let app = wired::app(config).await?;
    let done = do_it(&app, question).await;
    app.store.close().await;
    done
}

async fn do_it(app: &App, question: &UsersQuestion) -> Result<()> {
    match question {
        UsersQuestion::List => list(app).await,
        UsersQuestion::Disable { email } => {
            let change = AccountChange {
                disabled: Some(true),
                ..AccountChange::default()
            };
            alter(
                app,
                email,
                change,
                "may not sign in any more; all sessions have ended",
            )
            .await
        }
        UsersQuestion::Enable { email } => {
            let change = AccountChange {
                disabled: Some(false),
                ..AccountChange::default()
            };
            alter(app, email, change, "may sign in again").await
        }
        UsersQuestion::MakeAdmin { email } => {
            let change = AccountChange {
                is_admin: Some(true),
                ..AccountChange::default()
            };
            alter(app, email, change, "administers this installation now").await
        }
        UsersQuestion::UnmakeAdmin { email } => {
            let change = AccountChange {
                is_admin: Some(false),
                ..AccountChange::default()
            };
            alter(
                app,
                email,
                change,
                "no longer administers this installation",
            )
            .await
        }
        UsersQuestion::WithoutTwoFactor { email } => {
            let change = AccountChange {
                without_two_factor: true,
                ..AccountChange::default()
            };
            alter(app, email, change, "signs in with the password alone now").await
        }
        UsersQuestion::ResetPassword { email } => reset_password(app, email).await,
    }
}

async fn list(app: &App) -> Result<()> {
    let mut after = None;
    loop {
        let mut page = accounts::people(app, "", after, PAGE).await?;
        let is_more = page.len() > PAGE as usize;
        page.truncate(PAGE as usize);
        for person in &page {
            println!("{}", line(person));
        }
        after = page.last().map(|person| person.user.id);
        if !is_more {
            return Ok(());
        }
    }
}

fn line(person: &UserInList) -> String {
    let user = &person.user;
    let notes = [
        (user.is_admin, "administrator"),
        (person.disabled_at.is_some(), "disabled"),
        (user.email_verified_at.is_none(), "address not confirmed"),
        (user.two_factor_at.is_some(), "two-factor"),
    ];
    let notes: Vec<&str> = notes
        .into_iter()
        .filter_map(|(is_so, note)| is_so.then_some(note))
        .collect();
    let seen = person.last_seen_at.map_or_else(
        || "never seen".to_owned(),
        |at| format!("last seen {}", at.strftime("%Y-%m-%d")),
    );
    format!(
        "{}  {}  {seen}  {}",
        user.email,
        user.name,
        notes.join(", ")
    )
}

async fn alter(app: &App, email: &str, change: AccountChange, said: &str) -> Result<()> {
    let person = accounts::person_with(app, email)
        .await
        .with_context(|| format!("{email} cannot be changed"))?;
    let actor = Actor::command_line();
    accounts::change_person(app, &actor, person.user.id, change)
        .await
        .with_context(|| format!("{email} cannot be changed"))?;
    println!("{} ({}) {said}.", person.user.email, person.user.name);
    Ok(())
}

async fn reset_password(app: &App, email: &str) -> Result<()> {
    let person = accounts::person_with(app, email)
        .await
        .with_context(|| format!("{email} cannot be helped"))?;
    let reset =
        accounts::reset_somebodys_password(app, &Actor::command_line(), person.user.id).await?;
    match reset.link {
        Some(link) => println!(
            "All sessions of {} have ended. Hand over this link; it works once, for 30 minutes:\n{link}",
            person.user.email
        ),
        None => println!(
            "All sessions of {} have ended, and a link is on its way there. A running Fanfare sends it.",
            person.user.email
        ),
    }
    Ok(())
}
