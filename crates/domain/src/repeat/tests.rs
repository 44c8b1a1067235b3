use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

fn endless(pattern: Pattern) -> Repeat {
    Repeat {
        pattern,
        until: None,
        count: None,
    }
}

/// The first instants as clocks of the zone show them.
fn shown(rule: &Repeat, start: &str, zone: &str, count: usize) -> Vec<String> {
    let zone = TimeZone::get(zone).unwrap();
    rule.occurrences(start.parse().unwrap(), &zone)
        .take(count)
        .map(|at| {
            zone.to_datetime(at)
                .strftime("%a %Y-%m-%d %H:%M")
                .to_string()
        })
        .collect()
}

#[test]
fn every_other_day() {
    let rule = endless(Pattern::Daily { every: 2 });
    assert_eq!(
        shown(&rule, "2026-12-30T09:00", "Europe/Madrid", 3),
        [
            "Wed 2026-12-30 09:00",
            "Fri 2027-01-01 09:00",
            "Sun 2027-01-03 09:00"
        ]
    );
}

#[test]
fn chosen_weekdays_of_every_second_week() {
    let rule = endless(Pattern::Weekly {
        every: 2,
        weekdays: vec![Weekday::Thursday, Weekday::Monday],
    });
    // It begins on the Wednesday of a week: that week's Monday is over.
    assert_eq!(
        shown(&rule, "2026-11-25T09:00", "Europe/Madrid", 4),
        [
            "Thu 2026-11-26 09:00",
            "Mon 2026-12-07 09:00",
            "Thu 2026-12-10 09:00",
            "Mon 2026-12-21 09:00"
        ]
    );
}

#[test]
fn the_31st_is_the_last_day_of_shorter_months() {
    let rule = endless(Pattern::MonthlyDay { every: 1, day: 31 });
    assert_eq!(
        shown(&rule, "2027-01-31T18:30", "America/New_York", 4),
        [
            "Sun 2027-01-31 18:30",
            "Sun 2027-02-28 18:30",
            "Wed 2027-03-31 18:30",
            "Fri 2027-04-30 18:30"
        ]
    );
}

#[test]
fn a_day_of_the_month_that_is_over_is_next_months() {
    let rule = endless(Pattern::MonthlyDay { every: 3, day: 5 });
    assert_eq!(
        shown(&rule, "2026-11-20T08:00", "UTC", 2),
        ["Fri 2027-02-05 08:00", "Wed 2027-05-05 08:00"]
    );
}

#[test]
fn the_last_day_and_the_last_friday_of_the_month() {
    let day = endless(Pattern::MonthlyDay {
        every: 1,
        day: LAST,
    });
    assert_eq!(
        shown(&day, "2028-02-01T12:00", "UTC", 2),
        ["Tue 2028-02-29 12:00", "Fri 2028-03-31 12:00"]
    );
    let friday = endless(Pattern::MonthlyWeekday {
        every: 1,
        week: LAST,
        weekday: Weekday::Friday,
    });
    assert_eq!(
        shown(&friday, "2026-11-01T12:00", "UTC", 2),
        ["Fri 2026-11-27 12:00", "Fri 2026-12-25 12:00"]
    );
}

#[test]
fn the_second_tuesday() {
    let rule = endless(Pattern::MonthlyWeekday {
        every: 1,
        week: 2,
        weekday: Weekday::Tuesday,
    });
    assert_eq!(
        shown(&rule, "2026-11-11T12:00", "UTC", 2),
        ["Tue 2026-12-08 12:00", "Tue 2027-01-12 12:00"]
    );
}

#[test]
fn it_ends_on_its_last_day_or_after_its_count() {
    let until = Repeat {
        until: Some(jiff::civil::date(2026, 12, 2)),
        ..endless(Pattern::Daily { every: 1 })
    };
    // By the zone's calendar, where it is the 3rd in UTC already.
    assert_eq!(
        shown(&until, "2026-12-01T23:30", "America/New_York", 9).len(),
        2
    );
    let count = Repeat {
        count: Some(3),
        ..endless(Pattern::Daily { every: 1 })
    };
    assert_eq!(shown(&count, "2026-12-01T09:00", "UTC", 9).len(), 3);
}

#[test]
fn clocks_that_change_do_not_move_it() {
    let daily = endless(Pattern::Daily { every: 1 });
    assert_eq!(
        shown(&daily, "2026-03-28T02:30", "Europe/Madrid", 3),
        [
            "Sat 2026-03-28 02:30",
            "Sun 2026-03-29 03:30",
            "Mon 2026-03-30 02:30"
        ],
        "the hour that is skipped moves forward on that day only"
    );
    let zone = TimeZone::get("Europe/Madrid").unwrap();
    let autumn: Vec<_> = daily
        .occurrences("2026-10-24T02:30".parse().unwrap(), &zone)
        .take(3)
        .map(|at| at.to_string())
        .collect();
    assert_eq!(
        autumn,
        [
            "2026-10-24T00:30:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-26T01:30:00Z"
        ],
        "the hour that is shown twice counts once"
    );
}

#[test]
fn a_day_that_was_skipped_altogether_is_no_second_time() {
    let daily = endless(Pattern::Daily { every: 1 });
    assert_eq!(
        shown(&daily, "2011-12-29T09:00", "Pacific/Apia", 3),
        [
            "Thu 2011-12-29 09:00",
            "Sat 2011-12-31 09:00",
            "Sun 2012-01-01 09:00"
        ]
    );
}

#[test]
fn a_rule_reads_back_from_how_it_is_kept() {
    let rule = Repeat {
        until: Some(jiff::civil::date(2027, 1, 1)),
        ..endless(Pattern::Weekly {
            every: 1,
            weekdays: vec![Weekday::Monday],
        })
    };
    let kept = serde_json::to_string(&rule).unwrap();
    assert_eq!(
        kept,
        r#"{"kind":"weekly","every":1,"weekdays":["monday"],"until":"2027-01-01"}"#
    );
    assert_eq!(serde_json::from_str::<Repeat>(&kept).unwrap(), rule);
}

fn any_pattern() -> impl Strategy<Value = Pattern> {
    let weekday = prop::sample::select(Weekday::ALL);
    prop_oneof![
        (1..40_u16).prop_map(|every| Pattern::Daily { every }),
        (1..9_u16, prop::collection::vec(weekday.clone(), 1..7))
            .prop_map(|(every, weekdays)| Pattern::Weekly { every, weekdays }),
        (1..13_u16, prop_oneof![Just(LAST), 1..=31_i8])
            .prop_map(|(every, day)| Pattern::MonthlyDay { every, day }),
        (1..13_u16, prop_oneof![Just(LAST), 1..=4_i8], weekday).prop_map(
            |(every, week, weekday)| Pattern::MonthlyWeekday {
                every,
                week,
                weekday
            }
        ),
    ]
}

proptest! {
    /// Whatever the rule, the zone and the season: instants follow one another, each on a day of its own, at the wanted time of day
    /// unless the clocks skip it, and where one ends the next is found.
    #[test]
    fn occurrences_keep_their_time_of_day(
        pattern in any_pattern(),
        zone in prop::sample::select(vec!["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata"]),
        days in 0..1_500_i64,
        hour in 0..24_i8,
        minute in 0..60_i8,
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let start = jiff::civil::date(2025, 1, 1).checked_add(days.days()).unwrap().at(hour, minute, 0, 0);
        let rule = endless(pattern);
        let found: Vec<_> = rule.occurrences(start, &zone).take(40).collect();
        prop_assert_eq!(found.len(), 40);
        prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        for at in &found {
            let shown = zone.to_datetime(*at);
            prop_assert!(shown >= start);
            let late = shown.time().duration_since(start.time());
            prop_assert!(
                late == SignedDuration::ZERO || (late > SignedDuration::ZERO && late <= SignedDuration::from_hours(1)),
                "{shown} for {start}"
            );
            prop_assert!(
                late == SignedDuration::ZERO || zone.to_ambiguous_timestamp(shown.date().to_datetime(start.time())).is_ambiguous(),
                "only clocks that jump may move it"
            );
        }
        prop_assert_eq!(rule.next_after(start, &zone, found[7]), Some(found[8]));
        prop_assert_eq!(rule.count_before(start, &zone, found[8]), 8);
        let counted = Repeat { count: Some(5), ..rule };
        prop_assert_eq!(counted.occurrences(start, &zone).collect::<Vec<_>>(), found[..5].to_vec());
        prop_assert_eq!(counted.next_after(start, &zone, found[4]), None);
    }
}
