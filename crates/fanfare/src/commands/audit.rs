//! `fanfare audit`.

use anyhow::{Result, bail};
use fanfare_app::audit::{Chain, Verdict, verify_one};
use fanfare_domain::WorkspaceId;
use fanfare_store::Store;
use fanfare_store::audit::{self, Link};
use jiff::Timestamp;

use super::{database, printable};
use crate::command_line::AuditQuestion;
use crate::config::Config;

pub(super) async fn answer(config: &Config, question: &AuditQuestion) -> Result<()> {
    let store = database::open_existing(config).await?;
    let answered = match question {
        AuditQuestion::Verify { workspace } => verify(&store, *workspace).await,
        AuditQuestion::Show { workspace, last } => show(&store, *workspace, *last).await,
    };
    store.close().await;
    answered
}

/// Prints what became of each log, and fails when one is broken.
async fn verify(store: &Store, only: Option<WorkspaceId>) -> Result<()> {
    let mut tx = store
        .as_system("which audit chains are there")
        .read()
        .await?;
    let mut chains = audit::chains(&mut tx).await?;
    drop(tx);
    if let Some(only) = only {
        chains.retain(|(chain, _)| chain.workspace() == Some(only));
        if chains.is_empty() {
            bail!("There is no workspace with the id {only}.");
        }
    }
    let mut broken = 0;
    for (chain, name) in chains {
        let verdict = verify_one(store, chain).await?;
        print(&of_whom(chain, &name), &verdict);
        broken += usize::from(!verdict.is_intact());
    }
    match broken {
        0 => Ok(()),
        1 => bail!("One log is not as it was written; what is wrong is told above."),
        several => {
            bail!("{several} logs are not as they were written; what is wrong is told above.")
        }
    }
}

fn print(of_whom: &str, verdict: &Verdict) {
    let state = if verdict.is_intact() {
        "intact"
    } else {
        "BROKEN"
    };
    println!("{of_whom}: {}, {state}.", counted(verdict.events));
    if verdict.older > 0 {
        println!(
            "  Beside them {} from before the log was chained, of which nothing can be said.",
            counted(verdict.older)
        );
    }
    if verdict.erased > 0 {
        println!(
            "  {} of them erased, because they told of people whose accounts are deleted.",
            verdict.erased
        );
    }
    for fault in &verdict.faults {
        let kind = fault.kind.as_str();
        match &fault.id {
            Some(id) => println!("  {kind:<9}  {} Event {id}.", fault.detail),
            None => println!("  {kind:<9}  {}", fault.detail),
        }
    }
    if let Some((place, hash)) = verdict.end.as_ref().filter(|_| verdict.is_intact()) {
        println!("  It ends at place {place} with {hash}.");
    }
}

fn of_whom(chain: Chain, name: &str) -> String {
    match chain {
        Chain::Installation => "The installation's own log".to_owned(),
        Chain::Workspace(id) => format!("The log of “{}” ({id})", printable(name)),
    }
}

fn counted(events: u64) -> String {
    if events == 1 {
        "1 event".to_owned()
    } else {
        format!("{events} events")
    }
}

/// Prints the last events, the oldest of them first.
async fn show(store: &Store, workspace: Option<WorkspaceId>, last: u32) -> Result<()> {
    let chain = workspace.map_or(Chain::Installation, Chain::Workspace);
    let mut tx = store.as_system("an audit log is shown").snapshot().await?;
    let Some(head) = audit::head(&mut tx, chain).await? else {
        println!("Nothing was recorded there yet.");
        return Ok(());
    };
    let after = (head.seq - i64::from(last) + 1, "");
    for link in audit::links(&mut tx, chain, after, last).await? {
        println!("{}", line(&link));
    }
    Ok(())
}

fn line(link: &Link) -> String {
    let at = Timestamp::from_millisecond(link.at).unwrap_or_default();
    let who = match link.erased_at {
        Some(_) if link.actor_name.is_empty() => "(erased)",
        _ => &link.actor_name,
    };
    printable(&format!(
        "{at:.0}  {who}  {}  {} {}  {}",
        link.action, link.subject_kind, link.subject_id, link.detail
    ))
}
