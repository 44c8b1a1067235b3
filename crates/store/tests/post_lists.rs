//! Lists of posts: whatever the filter and the order, paging yields exactly what matches, each once and in order.

use std::collections::BTreeMap;

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{ChannelId, ConnectionId, DeliveryId, PostId, UserId, WorkspaceId};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::posts::{self, Order, Place, Post, PostFilter};
use fanfare_store::{Store, WorkspaceTx, binds, sql};
use fanfare_testkit::{TestDatabase, both_databases};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

const POSTS: usize = 90;
const WORDS: [&str; 4] = ["panettone", "ÉCLAIR", "rye_bread", "50% off"];

fn now() -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000).unwrap()
}

/// Always the same numbers that look like chance.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// What the test knows of a post.
struct Known {
    id: PostId,
    state: PostState,
    author: usize,
    channel: Option<usize>,
    at: Option<Timestamp>,
    text: String,
}

struct Room {
    store: Store,
    workspace: WorkspaceId,
    authors: Vec<UserId>,
    channels: Vec<ChannelId>,
    posts: Vec<Known>,
}

both_databases!(
    every_list_yields_each_match_once_and_in_order,
    async |database: &TestDatabase| {
        let room = furnish(database.open().await).await;
        let mut dice = Dice(7);
        let mut found = 0;
        for _ in 0..120 {
            let filter = some_filter(&room, &mut dice);
            let limit = u32::try_from(1 + dice.below(40)).unwrap();
            for order in [Order::Newest, Order::Due, Order::DueDesc] {
                let expected = expected(&room, &filter, order);
                let listed = all_pages(&room, &filter, order, limit).await;
                assert_eq!(listed, expected, "{order:?} {limit} {filter:?}");
                found += listed.len();
            }
            assert_eq!(
                counted(&room, &filter).await,
                expected_counts(&room, &filter)
            );
        }
        assert!(found > 1000, "the filters find something: {found}");
        room.store.close().await;
    }
);

both_databases!(
    deleted_posts_are_in_no_list_until_they_come_back,
    async |database: &TestDatabase| {
        let room = furnish(database.open().await).await;
        let all = all_pages(&room, &PostFilter::default(), Order::Due, 100).await;
        let mut tx = room
            .store
            .in_workspace(room.workspace)
            .write()
            .await
            .unwrap();
        posts::delete(&mut tx, all[3], now()).await.unwrap();
        tx.commit().await.unwrap();
        for order in [Order::Newest, Order::Due, Order::DueDesc] {
            let left = all_pages(&room, &PostFilter::default(), order, 100).await;
            assert_eq!(left.len(), POSTS - 1);
            assert!(!left.contains(&all[3]));
        }
        let counted: i64 = counted(&room, &PostFilter::default()).await.values().sum();
        assert_eq!(counted, i64::try_from(POSTS - 1).unwrap());

        let mut tx = room.store.as_system("test").write().await.unwrap();
        assert_eq!(posts::sweep(&mut tx, now()).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let mut tx = room
            .store
            .in_workspace(room.workspace)
            .write()
            .await
            .unwrap();
        assert!(posts::bring_back(&mut tx, all[3], now()).await.unwrap());
        posts::delete(&mut tx, all[4], now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = room.store.as_system("test").write().await.unwrap();
        let later = now() + SignedDuration::from_secs(1);
        assert_eq!(posts::sweep(&mut tx, later).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let left = all_pages(&room, &PostFilter::default(), Order::Due, 100).await;
        assert!(left.contains(&all[3]) && !left.contains(&all[4]));
        room.store.close().await;
    }
);

async fn all_pages(room: &Room, filter: &PostFilter, order: Order, limit: u32) -> Vec<PostId> {
    let mut tx = room
        .store
        .in_workspace(room.workspace)
        .read()
        .await
        .unwrap();
    let (mut ids, mut after) = (Vec::new(), None::<Place>);
    loop {
        let page = posts::list(&mut tx, filter, order, after, limit)
            .await
            .unwrap();
        ids.extend(page.iter().map(|(post, _)| post.id));
        if page.len() < limit as usize {
            return ids;
        }
        // As a client sends it back.
        let cursor = page.last().unwrap().1.to_string();
        after = Some(cursor.parse().unwrap());
    }
}

async fn counted(room: &Room, filter: &PostFilter) -> BTreeMap<String, i64> {
    let mut tx = room
        .store
        .in_workspace(room.workspace)
        .read()
        .await
        .unwrap();
    let counts = posts::counts(&mut tx, filter).await.unwrap();
    counts
        .into_iter()
        .map(|(state, posts)| (state.to_string(), posts))
        .collect()
}

fn expected(room: &Room, filter: &PostFilter, order: Order) -> Vec<PostId> {
    let mut matching: Vec<&Known> = room
        .posts
        .iter()
        .filter(|post| matches(room, filter, post))
        .filter(|post| filter.states.is_empty() || filter.states.contains(&post.state))
        .collect();
    let time = |post: &Known| post.at.map_or(i64::MAX, Timestamp::as_millisecond);
    matching.sort_by_key(|post| match order {
        Order::Newest => (0, post.id),
        Order::Due | Order::DueDesc => (time(post), post.id),
    });
    if order != Order::Due {
        matching.reverse();
    }
    matching.into_iter().map(|post| post.id).collect()
}

fn expected_counts(room: &Room, filter: &PostFilter) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for post in room.posts.iter().filter(|post| matches(room, filter, post)) {
        *counts.entry(post.state.to_string()).or_default() += 1;
    }
    counts
}

/// Whether it matches, states aside.
fn matches(room: &Room, filter: &PostFilter, post: &Known) -> bool {
    let on = post.channel.map(|channel| room.channels[channel]);
    let in_span = match post.at {
        None => filter.from.is_none() && filter.to.is_none(),
        Some(at) => filter.from.is_none_or(|from| at >= from) && filter.to.is_none_or(|to| at < to),
    };
    let text = post.text.to_lowercase();
    in_span
        && (filter.channels.is_empty() || on.is_some_and(|on| filter.channels.contains(&on)))
        && (filter.platforms.is_empty()
            || post
                .channel
                .is_some_and(|channel| filter.platforms.contains(&platform(channel))))
        && filter
            .author
            .is_none_or(|author| author == room.authors[post.author])
        && filter
            .search
            .to_lowercase()
            .split_whitespace()
            .all(|word| text.contains(word))
}

fn platform(channel: usize) -> String {
    ["facebook", "mastodon", "bluesky"][channel].to_owned()
}

fn some_filter(room: &Room, dice: &mut Dice) -> PostFilter {
    let mut filter = PostFilter::default();
    for state in PostState::ALL {
        if dice.below(8) == 0 {
            filter.states.push(*state);
        }
    }
    if dice.below(3) == 0 {
        filter.channels.push(room.channels[dice.below(3)]);
        filter.channels.push(room.channels[dice.below(3)]);
    }
    if dice.below(4) == 0 {
        filter.platforms.push(platform(dice.below(3)));
    }
    if dice.below(3) == 0 {
        filter.author = Some(room.authors[dice.below(2)]);
    }
    if dice.below(3) == 0 {
        filter.from = Some(hour(dice.below(20)));
    }
    if dice.below(3) == 0 {
        filter.to = Some(hour(dice.below(20)));
    }
    if dice.below(3) == 0 {
        filter.search = WORDS[dice.below(4)].to_uppercase();
    }
    filter
}

fn hour(hours: usize) -> Timestamp {
    now() + SignedDuration::from_hours(i64::try_from(hours).unwrap())
}

async fn furnish(store: Store) -> Room {
    let mut room = Room {
        workspace: WorkspaceId::new(now()),
        authors: vec![UserId::new(now()), UserId::new(now())],
        channels: Vec::new(),
        posts: Vec::new(),
        store,
    };
    let mut tx = room.store.as_system("test").write().await.unwrap();
    tx.execute(
        sql!("INSERT INTO workspaces (id, name, created_at) VALUES ($1, 'test', 0)"),
        binds![room.workspace],
    )
    .await
    .unwrap();
    for author in &room.authors {
        tx.execute(
            sql!("INSERT INTO users (id, email, name, password_hash, is_admin, created_at) VALUES ($1, $2, 'Ada', 'x', false, 0)"),
            binds![*author, format!("{author}@example.com")],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();

    let mut tx = room
        .store
        .in_workspace(room.workspace)
        .write()
        .await
        .unwrap();
    let connection = ConnectionId::new(now());
    tx.execute(
        sql!(
            "INSERT INTO connections (id, workspace_id, platform, remote_id, name, status, scopes, refreshable, connect_fields,
                 generation, created_at, updated_at)
             VALUES ($1, $2, 'facebook', '1', 'one', 'connected', '[]', false, '{}', 1, 0, 0)"
        ),
        binds![connection, room.workspace],
    )
    .await
    .unwrap();
    for channel in 0..3 {
        let id = ChannelId::new(now());
        tx.execute(
            sql!(
                "INSERT INTO channels (id, workspace_id, connection_id, platform, remote_id, name, kind, renamed, limits, enabled,
                     paused, created_at, updated_at)
                 VALUES ($1, $2, $3, $4, $1, 'one', 'page', false, '{}', true, false, 0, 0)"
            ),
            binds![id, room.workspace, connection, platform(channel)],
        )
        .await
        .unwrap();
        room.channels.push(id);
    }
    let mut dice = Dice(1);
    for _ in 0..POSTS {
        let known = write_post(&room, &mut tx, &mut dice).await;
        room.posts.push(known);
    }
    tx.commit().await.unwrap();
    room
}

/// A post in any state, on one channel or none, its word in its own text or in the channel's; many of one time.
async fn write_post(room: &Room, tx: &mut WorkspaceTx, dice: &mut Dice) -> Known {
    let id = PostId::new(now());
    let state = PostState::ALL[dice.below(PostState::ALL.len())];
    let author = dice.below(2);
    let channel = (dice.below(5) > 0).then(|| dice.below(3));
    let due_at = (dice.below(4) > 0).then(|| hour(dice.below(20)));
    let word = WORDS[dice.below(4)];
    let in_variant = channel.is_some() && dice.below(2) == 0;
    let post = Post {
        id,
        author_id: Some(room.authors[author]),
        author_name: String::new(),
        state: PostState::Draft,
        text: if in_variant { "plain" } else { word }.to_owned(),
        schedule: Schedule {
            kind: ScheduleKind::At,
            at: due_at,
            time_zone: "UTC".to_owned(),
        },
        paused_at: None,
        revision: 1,
        created_at: now(),
        updated_at: now(),
    };
    posts::insert(tx, &post).await.unwrap();
    let variant = in_variant.then_some(word);
    let published = state == PostState::Published && channel.is_some();
    let published_at = published.then(|| hour(dice.below(20)));
    if let Some(channel) = channel {
        write_delivery(room, tx, &post, channel, variant, published_at).await;
    }
    posts::set_state(tx, id, state, now()).await.unwrap();
    let texts: Vec<&str> = std::iter::once(post.text.as_str()).chain(variant).collect();
    posts::set_search_text(tx, id, &texts).await.unwrap();
    Known {
        id,
        state,
        author,
        channel,
        at: published_at.or(due_at),
        text: texts.join(" "),
    }
}

async fn write_delivery(
    room: &Room,
    tx: &mut WorkspaceTx,
    post: &Post,
    channel: usize,
    variant: Option<&str>,
    published_at: Option<Timestamp>,
) {
    let delivery = Delivery {
        id: DeliveryId::new(now()),
        post_id: post.id,
        channel_id: room.channels[channel],
        platform: platform(channel),
        position: 0,
        state: DeliveryState::Published,
        variant_text: variant.map(str::to_owned),
        options: Json::Object(serde_json::Map::new()),
        due_at: post.schedule.at,
        next_attempt_at: None,
        deadline_at: None,
        attempts: 0,
        began_at: None,
        progress: Json::Null,
        intended_at: None,
        remote_id: None,
        permalink: None,
        published_at,
        receipt: None,
        at_platform: None,
        error: None,
        created_at: now(),
        updated_at: now(),
    };
    deliveries::insert(tx, &delivery).await.unwrap();
    deliveries::save_outcome(tx, &delivery).await.unwrap();
}
