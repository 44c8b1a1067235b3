//! Finds out whether a chain is as it was written: whether an event was changed, is missing, or stands elsewhere.

use std::collections::BTreeSet;

use fanfare_domain::ids_from;
use fanfare_store::audit::{self, Chain, Content, Head, Link, Place};
use fanfare_store::{Store, SystemTx};
use jiff::Timestamp;

use super::erasures::{Erasures, is_blank};
use crate::{App, Caller, Result};

const PAGE: u32 = 1_000;
/// So many faults are told; a log that somebody wrote anew would have as many as it has events.
const TOLD: usize = 100;
/// So many events that do not fit are compared with each other, to tell moved ones from changed ones.
const COMPARED: usize = 40;
/// Before any time.
const ALWAYS: i64 = i64::MIN;

/// What became of a chain.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub chain: Chain,
    /// How many events it has.
    pub events: u64,
    /// How many there are from before there were chains, which nothing is known about.
    pub older: u64,
    /// Of how many only that they happened is left, because they told of somebody who is gone.
    pub erased: u64,
    /// The first hundred.
    pub faults: Vec<Fault>,
    /// The last event's place and hash: whoever keeps them elsewhere can prove that the log was not cut or written anew since.
    pub end: Option<(i64, String)>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The event, where there is one.
    pub id: Option<String>,
    pub kind: FaultKind,
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    Changed,
    Missing,
    Reordered,
}

impl Verdict {
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.faults.is_empty()
    }
}

impl FaultKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Reordered => "reordered",
        }
    }
}

/// The caller's workspace.
pub async fn verify(app: &App, caller: &Caller) -> Result<Verdict> {
    verify_one(&app.store, Chain::Workspace(caller.workspace)).await
}

/// One chain.
pub async fn verify_one(store: &Store, chain: Chain) -> Result<Verdict> {
    let mut tx = store
        .as_system("an audit chain is verified")
        .snapshot()
        .await?;
    verify_chain(&mut tx, chain).await
}

/// `tx` sees one state of the database: what is written meanwhile is no fault.
async fn verify_chain(tx: &mut SystemTx, chain: Chain) -> Result<Verdict> {
    let head = audit::head(tx, chain).await?;
    let mut walk = Walk::from(head.as_ref());
    let (mut seq, mut id) = (i64::MIN, String::new());
    loop {
        let links = audit::links(tx, chain, (seq, &id), PAGE).await?;
        for link in &links {
            walk.step(link);
        }
        match links.last() {
            Some(last) if links.len() == PAGE as usize => {
                seq = last.seq;
                id.clone_from(&last.id);
            }
            _ => break,
        }
    }
    let since = placed_since(chain, head.as_ref(), walk.first_at);
    let erased = walk.erasures.count();
    let (events, mut faults) = walk.end(head.as_ref());
    let mut older = audit::older(tx, chain).await?;
    if let Some(since) = since {
        let unplaced = audit::unplaced(tx, chain, since, TOLD as u32).await?;
        older -= i64::try_from(unplaced.len()).unwrap_or_default();
        faults.extend(unplaced.into_iter().map(|id| Fault {
            id: Some(id.to_string()),
            kind: FaultKind::Changed,
            detail: "This event has no place in the chain, though it is no older than the chain: it was added from outside, or \
                     its place was taken from it."
                .to_owned(),
        }));
    }
    if since == Some(ALWAYS) {
        older = 0;
    }
    // The making of a workspace is recorded with it.
    let is_unwritten = head.as_ref().is_none_or(|head| head.seq == 0);
    if chain.workspace().is_some() && events == 0 && is_unwritten {
        faults.push(Fault {
            id: None,
            kind: FaultKind::Missing,
            detail: "The whole log is missing: every workspace's log begins with its making, and nothing is left of it."
                .to_owned(),
        });
    }
    faults.truncate(TOLD);
    Ok(Verdict {
        chain,
        events,
        older: u64::try_from(older).unwrap_or_default(),
        erased,
        faults,
        end: head.map(|head| (head.seq, head.hash)),
    })
}

/// The time after which no event is without a place; absent where there is no chain yet.
///
/// That is always so for the installation, which had no events before it had a chain, and for a workspace whose chain begins with its
/// making. And where the chain's beginning was too old and went, all that was older had gone before.
fn placed_since(chain: Chain, head: Option<&Head>, first_at: Option<i64>) -> Option<i64> {
    let began_late = match (chain, first_at) {
        (Chain::Installation, _) => false,
        (Chain::Workspace(workspace), Some(at)) => {
            Timestamp::from_millisecond(at).is_ok_and(|at| ids_from(at) > workspace.to_string())
        }
        (Chain::Workspace(_), None) => true,
    };
    let is_cut = head.is_some_and(|head| head.first_seq > 1);
    if is_cut || !began_late {
        return Some(ALWAYS);
    }
    first_at
}

/// On the way along a chain.
struct Walk {
    /// The place that comes next.
    next: i64,
    /// The hash of the event before it; absent behind a gap.
    previous: Option<String>,
    events: u64,
    first_at: Option<i64>,
    faults: Vec<Fault>,
    unfit: Vec<Unfit>,
    erasures: Erasures,
}

/// An event whose hash does not follow from the one before it and from itself.
struct Unfit {
    link: Link,
    /// What stood before it.
    previous: String,
}

impl Walk {
    fn from(head: Option<&Head>) -> Self {
        Self {
            next: head.map_or(1, |head| head.first_seq),
            previous: Some(head.map_or_else(String::new, |head| head.first_previous_hash.clone())),
            events: 0,
            first_at: None,
            faults: Vec::new(),
            unfit: Vec::new(),
            erasures: Erasures::default(),
        }
    }

    fn step(&mut self, link: &Link) {
        self.events += 1;
        if link.seq < self.next {
            let place = link.seq;
            self.fault(
                Some(link),
                FaultKind::Reordered,
                format!("This event stands at place {place}, which is another's or lies before the beginning."),
            );
            return;
        }
        self.first_at.get_or_insert(link.at);
        if link.seq > self.next {
            self.missing(self.next, link.seq - 1);
            self.previous = None;
        }
        self.compare(link);
        self.next = link.seq + 1;
        self.previous = Some(link.hash.clone());
    }

    fn compare(&mut self, link: &Link) {
        if link.erased_at.is_some() {
            self.erasures.note_erased(link);
            if !is_blank(link) {
                let detail = format!(
                    "This event is marked as erased and still tells something: it was changed (place {}).",
                    link.seq
                );
                self.fault(Some(link), FaultKind::Changed, detail);
                return;
            }
        } else if content_hash(link) != link.content_hash {
            let detail = format!(
                "Who did it, or the details, were changed after it was written (place {}).",
                link.seq
            );
            self.fault(Some(link), FaultKind::Changed, detail);
            return;
        }
        // Behind a gap nothing tells what its hash should be.
        match &self.previous {
            Some(previous) if place_hash(link, previous, link.seq) != link.hash => {
                if self.unfit.len() < COMPARED {
                    let (link, previous) = (link.clone(), previous.clone());
                    self.unfit.push(Unfit { link, previous });
                }
            }
            _ => self.erasures.note_told(link),
        }
    }

    fn missing(&mut self, from: i64, to: i64) {
        let detail = if from == to {
            format!("The event at place {from} is missing.")
        } else {
            format!(
                "{} events are missing, at the places {from} to {to}.",
                to - from + 1
            )
        };
        self.fault(None, FaultKind::Missing, detail);
    }

    fn fault(&mut self, link: Option<&Link>, kind: FaultKind, detail: String) {
        if self.faults.len() < TOLD {
            let id = link.map(|link| link.id.clone());
            self.faults.push(Fault { id, kind, detail });
        }
    }

    fn end(mut self, head: Option<&Head>) -> (u64, Vec<Fault>) {
        self.judge_unfit();
        self.judge_erased();
        match head {
            None if self.events > 0 => self.fault(
                None,
                FaultKind::Missing,
                "The chain's head is missing, so events may be missing at its end too.".to_owned(),
            ),
            None => {}
            Some(head) if head.seq >= self.next => self.missing(self.next, head.seq),
            Some(head) if head.seq < self.next - 1 => {
                let detail = format!(
                    "Events stand behind the end of the chain, which is at place {}: they were added from outside, or the head was \
                     put back.",
                    head.seq
                );
                self.fault(None, FaultKind::Reordered, detail);
            }
            // Behind other faults this tells nothing more.
            Some(head) if self.faults.is_empty() && self.previous.as_ref() != Some(&head.hash) => {
                let detail = "The last event is not the one that the chain's head knows.";
                self.fault(None, FaultKind::Changed, detail.to_owned());
            }
            Some(_) => {}
        }
        (self.events, self.faults)
    }

    /// An event is erased by an erasure only, which stands in the chain behind it.
    fn judge_erased(&mut self) {
        let erasures = std::mem::take(&mut self.erasures);
        let known: BTreeSet<_> = self
            .faults
            .iter()
            .filter_map(|one| one.id.clone())
            .collect();
        for (place, id) in erasures.untold().filter(|(_, id)| !known.contains(*id)) {
            if self.faults.len() == TOLD {
                break;
            }
            self.faults.push(Fault {
                id: Some(id.to_owned()),
                kind: FaultKind::Changed,
                detail: format!(
                    "This event is marked as erased, and no erasure in the log tells of it as it is now (place {place})."
                ),
            });
        }
    }

    /// An event that would fit at another place was moved; one that would fit behind another event is as it was, and only what
    /// stands before it is wrong; every other one was changed.
    fn judge_unfit(&mut self) {
        let unfit = std::mem::take(&mut self.unfit);
        // What may have stood before each of them: what does now, the others, and what those should say.
        let known: Vec<String> = unfit
            .iter()
            .flat_map(|Unfit { link, previous }| {
                let right = place_hash(link, previous, link.seq);
                [link.hash.clone(), previous.clone(), right]
            })
            .collect();
        let places: Vec<i64> = unfit.iter().map(|one| one.link.seq).collect();
        let told = self.faults.len();
        for Unfit { link, .. } in &unfit {
            let fits = |seq: i64| {
                known
                    .iter()
                    .any(|previous| place_hash(link, previous, seq) == link.hash)
            };
            if fits(link.seq) {
                continue;
            }
            let elsewhere = places
                .iter()
                .find(|place| **place != link.seq && fits(**place));
            match elsewhere {
                Some(place) => {
                    let detail = format!(
                        "This event was written at place {place} and stands at place {}.",
                        link.seq
                    );
                    self.fault(Some(link), FaultKind::Reordered, detail);
                }
                None => self.changed(link),
            }
        }
        // Each fits behind another, so at least one stands where it does not belong.
        if self.faults.len() == told
            && let Some(first) = unfit.first()
        {
            self.changed(&first.link);
        }
    }

    fn changed(&mut self, link: &Link) {
        let detail = format!(
            "What was done to what, when, or its hash was changed after it was written (place {}).",
            link.seq
        );
        self.fault(Some(link), FaultKind::Changed, detail);
    }
}

fn content_hash(link: &Link) -> String {
    Content {
        salt: link.salt.as_deref().unwrap_or_default(),
        actor_id: link.actor_id.as_deref(),
        actor_name: &link.actor_name,
        detail: &link.detail,
    }
    .hash()
}

fn place_hash(link: &Link, previous: &str, seq: i64) -> String {
    Place {
        previous,
        seq,
        id: &link.id,
        at: link.at,
        action: &link.action,
        subject_kind: &link.subject_kind,
        subject_id: &link.subject_id,
        post_id: link.post_id.as_deref(),
        content_hash: &link.content_hash,
    }
    .hash()
}
