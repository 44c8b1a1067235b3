use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

const MADRID: &str = "Europe/Madrid";

/// Posts of a channel: at that time by the clocks of Madrid, so much was done with each.
#[derive(Default)]
struct Told {
    channels: Vec<ChannelId>,
    figures: Vec<Figure>,
}

impl Told {
    fn by(channels: usize) -> Self {
        let channels = (0..channels).map(|_| ChannelId::new(now())).collect();
        Self {
            channels,
            figures: Vec::new(),
        }
    }

    fn post(mut self, channel: usize, at: &str, engagement: &[i64]) -> Self {
        let zone = TimeZone::get(MADRID).unwrap();
        for (week, engagement) in engagement.iter().enumerate() {
            let first: jiff::civil::DateTime = at.parse().unwrap();
            let day = first.checked_add(jiff::Span::new().weeks(i64::try_from(week).unwrap()));
            self.figures.push(Figure {
                post: PostId::new(now()),
                channel: self.channels[channel],
                at: zone.to_timestamp(day.unwrap()).unwrap(),
                engagement: *engagement,
            });
        }
        self
    }

    /// Ten posts at ten hours of the week, far from each other, and as good as each other.
    fn steady(mut self, channel: usize, engagement: i64) -> Self {
        for day in 5..10 {
            for hour in [3, 20] {
                self = self.post(
                    channel,
                    &format!("2026-10-{day:02}T{hour:02}:15:00"),
                    &[engagement],
                );
            }
        }
        self
    }

    fn best(&self) -> BestTimes {
        best_times(&self.figures, MADRID, now())
    }

    /// The windows as people read them.
    fn read(&self) -> Vec<String> {
        let times = self.best().times;
        let word = |best: &BestTime| {
            format!(
                "{} {} ×{:.2} from {}",
                best.slot.weekday, best.slot.time, best.ratio, best.posts
            )
        };
        times.iter().map(word).collect()
    }
}

/// A Friday.
fn now() -> Timestamp {
    "2026-11-27T09:30:00Z".parse().unwrap()
}

#[test]
fn an_hour_that_is_better_again_and_again_is_found() {
    let told = Told::by(1)
        .steady(0, 10)
        .post(0, "2026-10-06T18:20:00", &[30, 28, 25]);
    assert_eq!(told.read(), ["tuesday 18:00 ×1.36 from 3"]);
    // Next Tuesday at six.
    assert_eq!(told.best().times[0].at.to_string(), "2026-12-01T17:00:00Z");
}

#[test]
fn one_lucky_post_makes_no_best_time() {
    for lucky in [20, 100, 100_000] {
        let told = Told::by(1)
            .steady(0, 10)
            .post(0, "2026-10-06T18:20:00", &[10, lucky, 10, 10]);
        assert_eq!(told.read(), [""; 0], "{lucky}");
    }
}

#[test]
fn a_lucky_post_elsewhere_hides_nothing() {
    let told = Told::by(1)
        .steady(0, 10)
        .post(0, "2026-10-06T18:20:00", &[30, 28, 25])
        .post(0, "2026-10-10T12:00:00", &[100_000]);
    assert_eq!(told.best().times.len(), 1);
}

#[test]
fn too_few_posts_say_nothing() {
    // Nine, whatever nobody cared for.
    let told = Told::by(1)
        .post(0, "2026-10-06T18:00:00", &[30, 30, 30])
        .post(0, "2026-10-07T08:00:00", &[1; 6])
        .post(0, "2026-10-08T08:00:00", &[0; 6]);
    assert_eq!(
        told.best(),
        BestTimes {
            times: Vec::new(),
            posts: 9
        }
    );
    let told = told.post(0, "2026-10-09T08:00:00", &[1]);
    assert_eq!(told.best().posts, 10);
    assert_eq!(told.best().times.len(), 1);
    // Two in an hour are not enough, however many there are elsewhere.
    let told = Told::by(1)
        .steady(0, 10)
        .post(0, "2026-10-06T18:20:00", &[40, 40]);
    assert_eq!(told.read(), [""; 0]);
}

#[test]
fn neighbouring_hours_lend_their_posts_but_are_not_named_twice() {
    let told = Told::by(1)
        .steady(0, 10)
        .post(0, "2026-10-06T17:50:00", &[30])
        .post(0, "2026-10-06T18:20:00", &[30, 30])
        .post(0, "2026-10-06T19:05:00", &[30]);
    assert_eq!(told.read(), ["tuesday 18:00 ×1.34 from 4"]);
    // Around midnight on Sunday as well.
    let told = Told::by(1)
        .steady(0, 10)
        .post(0, "2026-10-11T23:50:00", &[30, 30])
        .post(0, "2026-10-12T00:10:00", &[30]);
    let best = told.best().times[0];
    assert_eq!((best.slot.weekday, best.posts), (Weekday::Sunday, 3));
}

#[test]
fn a_big_channel_does_not_drown_a_small_one() {
    // What is usual on the big one is a thousand times as much.
    let told =
        Told::by(2)
            .steady(0, 10_000)
            .steady(1, 10)
            .post(1, "2026-10-06T18:20:00", &[30, 30, 30]);
    assert_eq!(told.read(), ["tuesday 18:00 ×1.39 from 3"]);
}

#[test]
fn a_channel_of_which_nothing_is_heard_says_nothing() {
    let told = Told::by(2)
        .steady(0, 10)
        .post(0, "2026-10-06T18:20:00", &[30, 28, 25])
        .post(1, "2026-10-06T18:20:00", &[0; 6]);
    assert_eq!(told.read(), ["tuesday 18:00 ×1.36 from 3"]);
}

#[test]
fn one_post_on_two_channels_is_one_post() {
    let mut told =
        Told::by(2)
            .steady(0, 10)
            .steady(1, 10)
            .post(0, "2026-10-06T18:20:00", &[40, 40]);
    let elsewhere = told.channels[1];
    let twin = |one: &Figure| Figure {
        channel: elsewhere,
        ..*one
    };
    let twins: Vec<Figure> = told.figures[20..].iter().map(twin).collect();
    told.figures.extend(twins);
    assert_eq!(told.read(), [""; 0]);
}

#[test]
fn hours_are_those_that_clocks_showed() {
    // Clocks are set back on 25 October: by UTC these are two different hours.
    let told = Told::by(1)
        .steady(0, 10)
        .post(0, "2026-10-13T18:20:00", &[30, 30, 30, 30]);
    assert_eq!(told.best().times[0].slot.time.to_string(), "18:00");
    assert_eq!(told.best().times[0].posts, 4);
}

fn any_figure() -> impl Strategy<Value = (usize, usize, i64, i64)> {
    (0..60_usize, 0..3_usize, 0..24 * 90_i64, 0..50_i64)
}

proptest! {
    #[test]
    fn what_is_suggested_is_coming_rests_on_posts_and_stands_apart(
        made in prop::collection::vec(any_figure(), 0..120),
        zone in prop::sample::select(vec![MADRID, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
    ) {
        let channels: Vec<_> = (0..3).map(|_| ChannelId::new(now())).collect();
        let posts: Vec<_> = (0..60).map(|_| PostId::new(now())).collect();
        let figures: Vec<_> = made.iter().map(|(post, channel, hours, engagement)| Figure {
            post: posts[*post],
            channel: channels[*channel],
            at: now() - SignedDuration::from_hours(*hours),
            engagement: *engagement,
        }).collect();
        let found = best_times(&figures, zone, now());
        prop_assert!(found.times.len() <= MOST_TIMES);
        prop_assert!(found.posts >= ENOUGH_POSTS || found.times.is_empty());
        for best in &found.times {
            prop_assert!(best.at > now() && best.at <= now() + SignedDuration::from_hours(7 * 24 + 2));
            prop_assert!(best.ratio >= BETTER && best.posts >= ENOUGH_AROUND);
        }
        prop_assert!(found.times.windows(2).all(|pair| pair[0].ratio >= pair[1].ratio));
        // The order in which they are told does not matter.
        let turned: Vec<_> = figures.iter().rev().copied().collect();
        let again = best_times(&turned, zone, now());
        prop_assert_eq!(again.times.len(), found.times.len());
    }

    #[test]
    fn no_luck_of_a_single_post_is_enough(lucky in 0..1_000_000_i64, usual in 1..1_000_i64, others in 2..8_usize) {
        let mut engagement = vec![usual; others];
        engagement.push(lucky);
        let told = Told::by(1).steady(0, usual).post(0, "2026-10-06T18:20:00", &engagement);
        prop_assert_eq!(told.read(), [""; 0]);
    }
}
