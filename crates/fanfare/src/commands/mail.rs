//! `fanfare mail`, which mail servers run for us.

use anyhow::{Context as _, Error, Result};
use fanfare_app::mail::{self, TakenDown, take_returned};
use fanfare_backends::mail::{LONGEST_NOTICE, read_notice};
use fanfare_domain::mail::{Fate, MailReport};
use fanfare_domain::{Clock as _, SystemClock};
use fanfare_store::audit::Actor;
use tokio::io::{self, AsyncReadExt as _};

use super::{database, printable};
use crate::command_line::MailQuestion;
use crate::config::Loaded;

/// Why a message was not taken, as the one who hands it over must know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotTaken {
    #[error("The message is not taken, now or later.")]
    Never,
    #[error("The message cannot be taken down now. Hand it over again later.")]
    Now,
}

impl NotTaken {
    /// As `sysexits.h` has it, and mail servers understand it: `EX_DATAERR` and `EX_TEMPFAIL`.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Never => 65,
            Self::Now => 75,
        }
    }
}

pub(super) async fn answer(
    load: impl FnOnce() -> Result<Loaded>,
    question: &MailQuestion,
) -> Result<()> {
    match question {
        MailQuestion::Bounce => bounce(load).await,
        MailQuestion::Release { address } => release(load, address).await,
    }
}

async fn release(load: impl FnOnce() -> Result<Loaded>, address: &str) -> Result<()> {
    let store = database::open_existing(&load()?.config).await?;
    let actor = Actor::command_line();
    let released = mail::release(&store, &actor, address, SystemClock.now()).await;
    store.close().await;
    released.with_context(|| format!("{address} cannot be released"))?;
    println!("{} is written to again.", printable(address));
    Ok(())
}

/// Reads what came back, and takes it down. Whatever is wrong with this installation passes: the message is to wait for that.
async fn bounce(load: impl FnOnce() -> Result<Loaded>) -> Result<()> {
    let raw = read_message().await.context(NotTaken::Now)?;
    let reports = read_notice(&raw).map_err(|why| Error::from(why).context(NotTaken::Never))?;
    let taken = take_down(load, &reports).await.context(NotTaken::Now)?;
    if taken.is_empty() {
        println!("It tells of no end: nothing was noted.");
    }
    for one in taken {
        println!("{}", printable(&in_words(&one)));
    }
    Ok(())
}

/// Whoever writes into a pipe that nobody reads to its end is told of an error: what is too long is read too, and not kept.
async fn read_message() -> Result<Vec<u8>> {
    let limit = u64::try_from(LONGEST_NOTICE)? + 1;
    let mut input = io::stdin().take(limit);
    let mut raw = Vec::new();
    input.read_to_end(&mut raw).await?;
    io::copy(&mut input.into_inner(), &mut io::sink()).await?;
    Ok(raw)
}

async fn take_down(
    load: impl FnOnce() -> Result<Loaded>,
    reports: &[MailReport],
) -> Result<Vec<TakenDown>> {
    let store = database::open_existing(&load()?.config).await?;
    let taken = take_returned(&store, reports, SystemClock.now()).await;
    store.close().await;
    Ok(taken?)
}

fn in_words(taken: &TakenDown) -> String {
    let TakenDown { to, fate, words } = taken;
    let what = match fate {
        None => "no message in the log has this Message-ID; nothing was noted",
        Some(Fate::Bounced) => "takes no mail; nothing more is sent there",
        Some(Fate::Dropped) => {
            "the message was not even tried; nothing more is sent there but what is about an account's security"
        }
        Some(Fate::Blocked | Fate::CalledSpam) => "the message was not taken",
        Some(Fate::Delayed) => "the message is late and still tried; nothing was noted",
        Some(Fate::Delivered) => "the message arrived",
    };
    match words.as_str() {
        "" => format!("{to}: {what}."),
        words => format!("{to}: {what}. It was said: {words}"),
    }
}
