//! What Harbour Bakery says in a month, and what becomes of it.

/// Which of the demonstration's channels a post goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum On {
    Page,
    Workshops,
    Instagram,
    Mastodon,
}

/// What becomes of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes out, or will.
    Out,
    /// Facebook refuses the picture; the others get it.
    FacebookRefuses,
    /// Instagram refuses the picture.
    InstagramRefuses,
    /// The answer is lost, and the platform does not say afterwards what it did.
    Unknown,
    /// Nobody was there when it was due.
    Missed,
    Cancelled,
    /// Never scheduled.
    Draft,
}

pub struct Entry {
    /// Days from today.
    pub day: i64,
    pub hour: i8,
    pub minute: i8,
    pub text: &'static str,
    pub on: &'static [On],
    /// Which pictures, by their place in the list of scenes.
    pub pictures: &'static [usize],
    pub fate: Fate,
    /// Said under the post where the platform allows it.
    pub first_comment: Option<&'static str>,
    /// Comes round again at the same time each week.
    pub weekly: bool,
}

impl Entry {
    fn with_first_comment(self, text: &'static str) -> Self {
        Self {
            first_comment: Some(text),
            ..self
        }
    }

    fn weekly(self) -> Self {
        Self {
            weekly: true,
            ..self
        }
    }
}

use Fate::{Cancelled, Draft, FacebookRefuses, InstagramRefuses, Missed, Out, Unknown};
use On::{Instagram, Mastodon, Page, Workshops};

const ALL: &[On] = &[Page, Instagram, Mastodon];
const META: &[On] = &[Page, Instagram];
const WORDS: &[On] = &[Page, Mastodon];

/// By time, the oldest first.
pub fn entries() -> Vec<Entry> {
    let mut month = vec![
        entry(
            -20,
            (9, 5),
            "Today’s loaf: seeded rye, out of the oven at nine. Forty of them, until they are gone.",
            META,
            &[1],
            Out,
        ),
        entry(
            -19,
            (9, 5),
            "How we score a sourdough, in thirty seconds and one cut.",
            ALL,
            &[1],
            Out,
        ),
        entry(
            -18,
            (11, 0),
            "Starter care, the long version: feed it when it smells of apples, not when the clock says so.",
            ALL,
            &[7],
            Out,
        ),
        entry(
            -17,
            (9, 5),
            "Focaccia with rosemary from the yard.",
            META,
            &[3],
            Out,
        ),
        entry(
            -16,
            (17, 30),
            "The harbour at closing time. We are back at seven.",
            ALL,
            &[2],
            Out,
        ),
        entry(
            -15,
            (10, 5),
            "Workshop morning: flour everywhere, and eight people who now own a starter.",
            &[Workshops, Instagram],
            &[6],
            Out,
        ),
        entry(
            -13,
            (9, 5),
            "Today’s loaf: spelt and honey.",
            META,
            &[1],
            Out,
        ),
        entry(
            -12,
            (12, 10),
            "Two seats left at Saturday’s workshop. Bring an apron, we bring the rest.",
            &[Page, Mastodon],
            &[6],
            FacebookRefuses,
        ),
        entry(
            -11,
            (9, 5),
            "Breakfast rolls by the nine. The tray is empty by ten.",
            META,
            &[4],
            Out,
        ),
        entry(
            -10,
            (15, 0),
            "We are hiring a weekend baker. Early hours, warm room, good bread: harbour.example/jobs",
            WORDS,
            &[],
            Out,
        ),
        entry(
            -9,
            (9, 5),
            "Coffee and a cinnamon bun, as it should be.",
            &[Instagram],
            &[5],
            InstagramRefuses,
        ),
        entry(
            -8,
            (10, 5),
            "Five ways to use day-old bread. Number three is soup.",
            ALL,
            &[0, 1, 3],
            Out,
        )
        .with_first_comment("The recipes: harbour.example/day-old"),
        entry(
            -6,
            (9, 5),
            "Today’s loaf: dark rye with walnuts.",
            META,
            &[1],
            Out,
        ),
        entry(
            -5,
            (13, 0),
            "Behind the counter with Ines, who has been here since the first loaf.",
            WORDS,
            &[],
            Out,
        ),
        entry(
            -4,
            (18, 0),
            "The oven rests tomorrow, and so do we.",
            &[Mastodon],
            &[],
            Cancelled,
        ),
        entry(
            -3,
            (9, 5),
            "Panettone, first trial of the year. Thirty-six hours of patience.",
            META,
            &[0],
            Out,
        )
        .with_first_comment("#panettone #slowbread #harbourbakery"),
        entry(
            -2,
            (8, 30),
            "A quiet morning at the harbour.",
            &[Mastodon],
            &[2],
            Missed,
        ),
        entry(
            -2,
            (12, 0),
            "Tasting at the counter today: three ryes, one winner.",
            &[Page],
            &[],
            Unknown,
        ),
        entry(
            -1,
            (9, 5),
            "Focaccia again, because you asked.",
            META,
            &[3],
            Out,
        ),
        entry(
            1,
            (9, 5),
            "Today is panettone day. Ours rises for thirty-six hours, with candied orange and butter from three kilometres up the road. Pre-order until tonight: harbour.example/panettone #panettone #bakery",
            ALL,
            &[0],
            Out,
        ),
        entry(
            1,
            (16, 0),
            "Last call for panettone orders. The list closes at eight.",
            WORDS,
            &[],
            Out,
        ),
        entry(
            2,
            (10, 5),
            "Workshop morning: shaping, scoring, and a loaf to take home.",
            &[Workshops, Instagram],
            &[6],
            Out,
        ),
        entry(4, (9, 5), "Today’s loaf: oats and apple.", META, &[1], Out).weekly(),
        entry(
            5,
            (11, 0),
            "Advent calendar, door 1: the first spiced bun is on us.",
            ALL,
            &[5],
            Out,
        ),
        entry(
            6,
            (15, 0),
            "Rolls for the school breakfast: order by Friday.",
            &[Page],
            &[4],
            Out,
        ),
        entry(
            7,
            (9, 5),
            "What a starter looks like after a year.",
            &[Instagram],
            &[7],
            Out,
        ),
        entry(
            9,
            (10, 5),
            "Two hands, one dough: the couples’ workshop is back.",
            &[Workshops],
            &[6],
            Out,
        ),
        entry(
            11,
            (9, 5),
            "Next week’s loaf: you choose. Rye or spelt?",
            ALL,
            &[1],
            Out,
        ),
    ];
    month.extend([
        entry(
            3,
            (14, 0),
            "Carousel: five ways to use day-old bread, with pictures this time",
            META,
            &[0, 1, 3, 4],
            Draft,
        ),
        entry(
            6,
            (9, 0),
            "Opening hours over the holidays",
            ALL,
            &[],
            Draft,
        ),
        entry(8, (12, 0), "", META, &[2], Draft),
    ]);
    month.sort_by_key(|entry| (entry.day, entry.hour, entry.minute));
    month
}

fn entry(
    day: i64,
    (hour, minute): (i8, i8),
    text: &'static str,
    on: &'static [On],
    pictures: &'static [usize],
    fate: Fate,
) -> Entry {
    Entry {
        day,
        hour,
        minute,
        text,
        on,
        pictures,
        fate,
        first_comment: None,
        weekly: false,
    }
}
