//! Rules by which posts come round again, as clients write them and see them.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::scheduling::{Occurrence, Repetition, preview_repeat, stop_repeating};
use fanfare_app::{App, AppError, FieldError};
use fanfare_domain::repeat::{Pattern, Repeat};
use fanfare_domain::wall_clock::Weekday;
use fanfare_domain::{Action, ErrorCode, PostId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::posts::PostAnswer;
use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::List;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::PostsRead, routes!(preview)))
        .routes(needs(Action::PostsPublish, routes!(stop)))
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Weekday)]
pub(crate) enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// How often, in general.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RepeatKind)]
enum Kind {
    /// Not, or no longer.
    Never,
    Daily,
    Weekly,
    MonthlyDay,
    MonthlyWeekday,
}

/// How a post comes round again. It keeps its time of day by the clocks of the schedule's zone, whatever they do in spring and autumn.
///
/// The first time is the schedule's `at`, or the first that fits after it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RepeatInput)]
pub(crate) struct RepeatBody {
    kind: Kind,
    /// Every so many days, weeks or months; 1 when absent.
    #[schema(minimum = 1, maximum = 99)]
    every: Option<u16>,
    /// For `weekly`.
    weekdays: Option<Vec<DayOfWeek>>,
    /// For `monthly_day`: 1 to 31, where shorter months take their last day, or -1 for the last day.
    day: Option<i8>,
    /// For `monthly_weekday`: the first to fourth such weekday of the month, or -1 for the last.
    week: Option<i8>,
    /// For `monthly_weekday`.
    weekday: Option<DayOfWeek>,
    /// The last day on which it may be.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<String>,
    /// How often at most, the first time included. Not together with `until`.
    #[schema(minimum = 1, maximum = 1000)]
    count: Option<u32>,
}

/// How a post comes round again.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Repeat)]
pub(crate) struct RepeatAnswer {
    kind: Kind,
    every: u16,
    /// For `weekly`, in the order of the week.
    #[schema(required)]
    weekdays: Option<Vec<DayOfWeek>>,
    /// For `monthly_day`; -1 is the last day.
    #[schema(required)]
    day: Option<i8>,
    /// For `monthly_weekday`; -1 is the last.
    #[schema(required)]
    week: Option<i8>,
    #[schema(required)]
    weekday: Option<DayOfWeek>,
    #[schema(required, value_type = Option<String>, format = Date)]
    until: Option<Date>,
    #[schema(required)]
    count: Option<u32>,
}

/// A rule that is being thought of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PreviewInput {
    repeat: RepeatBody,
    /// When it begins: RFC 3339, any offset.
    start: String,
    /// The IANA zone whose clocks it follows.
    time_zone: String,
}

/// One time at which a rule comes up.
#[derive(Serialize, ToSchema)]
#[schema(as = Occurrence)]
struct OccurrenceAnswer {
    at: Timestamp,
    /// The clocks skip the wanted time on that day, so it is later.
    moved_by_clocks: bool,
}

/// Preview a repeat
///
/// The rule's first ten times; fewer when it ends before. Nothing is stored.
#[utoipa::path(post, path = "/api/posts/repeat-preview", tag = "Scheduling", operation_id = "preview_repeat", request_body = PreviewInput, responses((status = 200, body = List<OccurrenceAnswer>)))]
async fn preview(
    _asking: Allowed,
    Input(body): Input<PreviewInput>,
) -> Answer<Json<List<OccurrenceAnswer>>> {
    let start = body.start.parse().map_err(|_| {
        let detail = "Expected: a time with its offset, such as 2026-12-01T09:00:00Z.";
        AppError::invalid_field("start", ErrorCode::WrongType, detail)
    })?;
    let Repetition::By(rule) = body.repeat.read("repeat")? else {
        let detail = "Choose how often it is to come round.";
        return Err(AppError::invalid_field("repeat.kind", ErrorCode::NotAllowed, detail).into());
    };
    let found = preview_repeat(&rule, start, &body.time_zone)?;
    let items = found.into_iter().map(
        |Occurrence {
             at,
             moved_by_clocks,
         }| OccurrenceAnswer {
            at,
            moved_by_clocks,
        },
    );
    Ok(List::whole(items.collect()))
}

/// Stop repeating
///
/// The post that is scheduled already stays scheduled; none follows it. Any post of the series may be named.
#[utoipa::path(post, path = "/api/posts/{id}/stop-repeating", tag = "Scheduling", operation_id = "stop_repeating", params(("id" = String, Path)), responses((status = 200, body = PostAnswer)))]
async fn stop(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(stop_repeating(&app, &caller, id).await?.into()))
}

impl RepeatBody {
    /// The rule, or each field that is missing or does not belong to its kind. `field` is where the rule stands in the body.
    pub(super) fn read(self, field: &str) -> Answer<Repetition> {
        let every = self.every.unwrap_or(1);
        let mut fields = Fields {
            place: field,
            wrong: Vec::new(),
        };
        let wants_weekdays = self.kind == Kind::Weekly;
        let wants_day = self.kind == Kind::MonthlyDay;
        let wants_week = self.kind == Kind::MonthlyWeekday;
        let weekdays = fields.take("weekdays", self.weekdays, wants_weekdays);
        let day = fields.take("day", self.day, wants_day);
        let week = fields.take("week", self.week, wants_week);
        let weekday = fields.take("weekday", self.weekday, wants_week);
        let until = self.until.and_then(|text| fields.date("until", &text));
        if !fields.wrong.is_empty() {
            return Err(AppError::invalid(fields.wrong).into());
        }
        let pattern = match self.kind {
            Kind::Never => return Ok(Repetition::Never),
            Kind::Daily => Pattern::Daily { every },
            Kind::Weekly => {
                let mut weekdays: Vec<Weekday> = weekdays
                    .unwrap_or_default()
                    .into_iter()
                    .map(Into::into)
                    .collect();
                weekdays.sort_by_key(|day| day.position());
                Pattern::Weekly { every, weekdays }
            }
            Kind::MonthlyDay => Pattern::MonthlyDay {
                every,
                day: day.unwrap_or_default(),
            },
            Kind::MonthlyWeekday => Pattern::MonthlyWeekday {
                every,
                week: week.unwrap_or_default(),
                weekday: weekday.map_or(Weekday::Monday, Into::into),
            },
        };
        Ok(Repetition::By(Repeat {
            pattern,
            until,
            count: self.count,
        }))
    }
}

/// Fields that belong to one kind of rule.
struct Fields<'a> {
    place: &'a str,
    wrong: Vec<FieldError>,
}

impl Fields<'_> {
    fn take<T>(&mut self, name: &str, given: Option<T>, is_wanted: bool) -> Option<T> {
        let (code, detail) = match (&given, is_wanted) {
            (Some(_), false) => (
                ErrorCode::NotAllowed,
                "This does not belong to a rule of this kind.",
            ),
            (None, true) => (ErrorCode::Required, "This is needed."),
            _ => return given,
        };
        self.say(name, code, detail);
        None
    }

    fn date(&mut self, name: &str, text: &str) -> Option<Date> {
        let date = text.parse().ok();
        if date.is_none() {
            let detail = "Expected: a date such as 2026-12-31.";
            self.say(name, ErrorCode::WrongType, detail);
        }
        date
    }

    fn say(&mut self, name: &str, code: ErrorCode, detail: &str) {
        let field = format!("{}.{name}", self.place);
        self.wrong.push(FieldError::new(field, code, detail));
    }
}

impl From<&Repeat> for RepeatAnswer {
    fn from(rule: &Repeat) -> Self {
        let mut answer = Self {
            kind: Kind::Daily,
            every: 1,
            weekdays: None,
            day: None,
            week: None,
            weekday: None,
            until: rule.until,
            count: rule.count,
        };
        match &rule.pattern {
            Pattern::Daily { every } => answer.every = *every,
            Pattern::Weekly { every, weekdays } => {
                (answer.kind, answer.every) = (Kind::Weekly, *every);
                answer.weekdays = Some(weekdays.iter().copied().map(Into::into).collect());
            }
            Pattern::MonthlyDay { every, day } => {
                (answer.kind, answer.every) = (Kind::MonthlyDay, *every);
                answer.day = Some(*day);
            }
            Pattern::MonthlyWeekday {
                every,
                week,
                weekday,
            } => {
                (answer.kind, answer.every) = (Kind::MonthlyWeekday, *every);
                (answer.week, answer.weekday) = (Some(*week), Some((*weekday).into()));
            }
        }
        answer
    }
}

impl From<DayOfWeek> for Weekday {
    fn from(day: DayOfWeek) -> Self {
        Self::ALL[day as usize]
    }
}

impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}
