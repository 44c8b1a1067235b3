//! Says what would become of a post, and when. Nothing is stored.

use std::collections::BTreeMap;

use fanfare_domain::schedule::ScheduleKind;
use fanfare_domain::{ChannelId, PostId};
use fanfare_platform_kit::rules::Finding;
use fanfare_store::{WorkspaceTx, posts, series};
use jiff::Timestamp;

use super::check::{
    ChannelFinding, Named, TextCount, TextMarks, counts, findings, look_up, rules_for, text_marks,
};
use super::defaults::filled;
use super::input::{PostInput, ScheduleInput};
use super::schedule::{as_finding, plan_of, without_same_rule};
use crate::scheduling::{Candidate, DueTimes, clashes, free_slots_unlocked};
use crate::{App, AppError, Caller, Result};

/// The answer to "would this go out?".
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    pub findings: Vec<ChannelFinding>,
    /// What is wrong with the time, for all channels.
    pub about_time: Vec<Finding>,
    pub counts: Vec<TextCount>,
    pub marks: Vec<TextMarks>,
}

/// Says what each channel would make of the post, and whether it could go out when that is wanted. `post` is the one that is being edited:
/// it is not in its own way.
///
/// # Errors
/// Bad input that no finding could be made of, such as a channel that does not exist.
pub async fn validate(
    app: &App,
    caller: &Caller,
    input: &PostInput,
    post: Option<PostId>,
) -> Result<Validation> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let named = look_up(&mut tx, input).await?;
    let input = &filled(app, &mut tx, input, &named.channels).await?;
    let mut said = Validation {
        findings: findings(app, input, &named)?,
        about_time: Vec::new(),
        counts: counts(app, input, &named)?,
        marks: text_marks(app, input, &named)?,
    };
    if let Some(schedule) = &input.schedule {
        let schedule = as_edited(&mut tx, schedule, post).await?;
        judge_time(app, &mut tx, input, &schedule, &named, post, &mut said).await?;
    }
    Ok(said)
}

async fn as_edited(
    tx: &mut WorkspaceTx,
    schedule: &ScheduleInput,
    post: Option<PostId>,
) -> Result<ScheduleInput> {
    let Some(id) = post else {
        return Ok(schedule.clone());
    };
    let stored = posts::get(tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let place = series::place_of(tx, id).await?;
    Ok(without_same_rule(schedule, &stored, place.as_ref()))
}

async fn judge_time(
    app: &App,
    tx: &mut WorkspaceTx,
    input: &PostInput,
    schedule: &ScheduleInput,
    named: &Named,
    post: Option<PostId>,
    said: &mut Validation,
) -> Result<()> {
    let now = app.now();
    let plan = match plan_of(schedule, now) {
        Ok(plan) => plan,
        Err(wrong) => {
            said.about_time.extend(wrong.into_iter().map(as_finding));
            return Ok(());
        }
    };
    let mut due = BTreeMap::new();
    if plan.schedule.kind == ScheduleKind::Queue {
        for (channel, slot) in free_slots_unlocked(tx, &named.channels, post, now).await? {
            match slot {
                Ok(at) => drop(due.insert(channel, at)),
                Err(wrong) => said
                    .findings
                    .extend(about(named, channel, as_finding(wrong))),
            }
        }
    } else if let Some(at) = plan.schedule.at {
        due.extend(named.channels.iter().map(|channel| (channel.id, at)));
    }
    let zone = &plan.schedule.time_zone;
    let candidates = candidates(app, input, named, &due)?;
    for (channel, finding) in clashes(tx, &candidates, post, zone).await? {
        // Whoever is moved to another time leaves the queue.
        let finding = match plan.schedule.kind {
            ScheduleKind::Queue => finding.mended_by(None),
            _ => finding,
        };
        said.findings.extend(about(named, channel, finding));
    }
    Ok(())
}

/// What is remarkable about a post that was just decided.
pub(super) async fn warnings(
    app: &App,
    tx: &mut WorkspaceTx,
    input: &PostInput,
    named: &Named,
    due: &DueTimes,
    post: PostId,
    time_zone: &str,
) -> Result<Vec<ChannelFinding>> {
    let due: BTreeMap<ChannelId, Timestamp> = named
        .channels
        .iter()
        .filter_map(|channel| Some((channel.id, due.of(channel.id)?)))
        .collect();
    let candidates = candidates(app, input, named, &due)?;
    let found = clashes(tx, &candidates, Some(post), time_zone).await?;
    Ok(found
        .into_iter()
        .filter_map(|(channel, finding)| about(named, channel, finding))
        .collect())
}

fn candidates<'a>(
    app: &App,
    input: &'a PostInput,
    named: &Named,
    due: &BTreeMap<ChannelId, Timestamp>,
) -> Result<Vec<Candidate<'a>>> {
    let mut candidates = Vec::new();
    for channel in &named.channels {
        let Some(at) = due.get(&channel.id) else {
            continue;
        };
        let own = input.variants.get(&channel.id);
        let text = own.and_then(|variant| variant.text.as_deref());
        candidates.push(Candidate {
            channel: channel.id,
            text: text.unwrap_or(&input.text),
            at: *at,
            daily_posts: rules_for(app, input, channel)?.and_then(|rules| rules.daily_posts),
        });
    }
    Ok(candidates)
}

fn about(named: &Named, channel: ChannelId, finding: Finding) -> Option<ChannelFinding> {
    let channel = named.channels.iter().find(|known| known.id == channel)?;
    Some(ChannelFinding {
        channel: channel.id,
        channel_name: channel.name.clone(),
        finding,
    })
}
