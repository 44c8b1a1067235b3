//! When a post is to go out, as asked: checked as far as it can be without looking anything up.

use fanfare_domain::ErrorCode;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_platform_kit::rules::Finding;
use jiff::{SignedDuration, Timestamp};

use super::input::ScheduleInput;
use crate::error::FieldError;
use crate::scheduling::{
    Place, Repetition, Rounds, check_rule, check_zone, is_as_before, never_due,
};

/// A schedule may lie this far back: clocks differ, and forms take a moment to fill in.
const PAST_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);
/// Nobody plans further, but typing errors reach any year.
const FUTURE_LIMIT: SignedDuration = SignedDuration::from_hours(24 * 366 * 3);

/// When it goes out, and whether it comes round again.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// For the queue, the time is found later.
    pub schedule: Schedule,
    /// Absent where nothing was said of it.
    pub repetition: Option<Repetition>,
}

/// The plan that was asked for, or everything that is wrong with it. A rule's first time is that of the post.
pub(super) fn plan_of(
    input: &ScheduleInput,
    now: Timestamp,
) -> std::result::Result<Plan, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let time_zone = input.time_zone().unwrap_or("UTC");
    wrong.extend(check_zone(time_zone, "schedule.time_zone"));
    let (kind, at, repetition) = match input {
        ScheduleInput::Draft { .. } => (ScheduleKind::Draft, None, None),
        ScheduleInput::Now { .. } => (ScheduleKind::Now, Some(now), None),
        ScheduleInput::Queue { .. } => (ScheduleKind::Queue, None, None),
        ScheduleInput::At { at, repeat, .. } => {
            (ScheduleKind::At, Some(*at), repeat.as_ref().cloned())
        }
    };
    if let Some(Repetition::By(rule)) = &repetition {
        wrong.extend(check_rule(rule, "schedule.repeat"));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut schedule = Schedule {
        kind,
        at,
        time_zone: time_zone.to_owned(),
    };
    if let (ScheduleKind::At, Some(wanted)) = (kind, at) {
        let first = plausible(wanted, now).and_then(|wanted| match &repetition {
            Some(Repetition::By(rule)) => Rounds::from(rule, wanted, time_zone)
                .all()
                .find(|at| *at >= wanted)
                .ok_or_else(|| never_due("schedule.repeat"))
                .and_then(|first| plausible(first, now)),
            _ => Ok(wanted),
        });
        schedule.at = Some(first.map_err(|wrong| vec![wrong])?);
    }
    Ok(Plan {
        schedule,
        repetition,
    })
}

/// A form sends the rule with every change: one that is as it was says nothing, so that it is neither begun anew nor moves the post.
pub(super) fn without_same_rule(
    input: &ScheduleInput,
    post: &fanfare_store::posts::Post,
    place: Option<&Place>,
) -> ScheduleInput {
    match (input, place) {
        (
            ScheduleInput::At {
                at,
                time_zone,
                repeat: Some(Repetition::By(rule)),
            },
            Some(place),
        ) if is_as_before(
            place,
            post,
            rule,
            *at,
            time_zone.as_deref().unwrap_or("UTC"),
        ) =>
        {
            ScheduleInput::At {
                at: *at,
                time_zone: time_zone.clone(),
                repeat: None,
            }
        }
        _ => input.clone(),
    }
}

fn plausible(at: Timestamp, now: Timestamp) -> std::result::Result<Timestamp, FieldError> {
    if at < now - PAST_TOLERANCE {
        return Err(FieldError::new(
            "schedule.at",
            ErrorCode::TimeInPast,
            "This time has passed already. Choose a later one, or publish now.",
        ));
    }
    if at > now + FUTURE_LIMIT {
        return Err(FieldError::new(
            "schedule.at",
            ErrorCode::TimeTooFar,
            "This time is more than three years away. Choose an earlier one.",
        ));
    }
    Ok(at)
}

/// The refusal of a field, told as a finding.
pub(super) fn as_finding(wrong: FieldError) -> Finding {
    Finding::error(wrong.code, wrong.field, wrong.detail)
}
