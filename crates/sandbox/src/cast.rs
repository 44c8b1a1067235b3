//! The pretend people and accounts: one bakery by a harbour that also gives workshops.

/// A person who logs in to Facebook.
pub struct Person {
    pub id: &'static str,
    pub name: &'static str,
}

/// A Facebook Page and, when linked, its Instagram account.
pub struct Page {
    pub id: &'static str,
    pub name: &'static str,
    pub username: &'static str,
    pub category: &'static str,
    pub about: &'static str,
    pub followers: u64,
    pub instagram: Option<&'static str>,
}

/// An Instagram professional account.
pub struct InstagramAccount {
    /// The professional account's id, which both flavours publish to.
    pub id: &'static str,
    /// The id that `/me` of Instagram Login calls `id`.
    pub app_scoped_id: &'static str,
    pub username: &'static str,
    pub name: &'static str,
    pub account_type: &'static str,
    pub biography: &'static str,
    pub followers: u64,
    pub follows: u64,
}

/// A Mastodon account on the pretend instance.
pub struct MastodonAccount {
    pub id: &'static str,
    pub username: &'static str,
    pub name: &'static str,
    pub note: &'static str,
    pub followers: u64,
    pub following: u64,
}

/// A Google account with a drive of its own.
pub struct GoogleAccount {
    /// What Drive calls `permissionId`.
    pub id: &'static str,
    pub name: &'static str,
    pub email: &'static str,
}

/// Somebody who reads what the accounts publish, with an id on either platform.
pub struct Visitor {
    pub id: &'static str,
    pub name: &'static str,
    pub instagram_id: &'static str,
    pub username: &'static str,
}

pub const VISITORS: [Visitor; 3] = [
    Visitor {
        id: "24501187723340161",
        name: "Ann Okafor",
        instagram_id: "1784611092837461",
        username: "ann.okafor",
    },
    Visitor {
        id: "24501187723340162",
        name: "Ben Lindqvist",
        instagram_id: "1784611092837462",
        username: "ben.bakes",
    },
    Visitor {
        id: "24501187723340163",
        name: "Carla Rossi",
        instagram_id: "1784611092837463",
        username: "carla.rossi",
    },
];

pub const PERSON: Person = Person {
    id: "10229876543210987",
    name: "Ines Moreno",
};

pub const PAGES: [Page; 3] = [
    Page {
        id: "104857391200451",
        name: "Harbour Bakery",
        username: "harbourbakery",
        category: "Bakery",
        about: "Bread, buns and strong coffee by the old ferry landing. Open from seven.",
        followers: 4_218,
        instagram: Some("17841405793187218"),
    },
    Page {
        id: "108833467712905",
        name: "Harbour Workshops",
        username: "harbourworkshops",
        category: "Cooking school",
        about: "Sourdough mornings and pastry evenings for eight people at a time.",
        followers: 1_067,
        instagram: Some("17841447305216094"),
    },
    Page {
        id: "112640958834127",
        name: "Quayside Christmas Market",
        username: "quaysidemarket",
        category: "Local event",
        about: "Forty stalls along the quay, every Advent weekend.",
        followers: 312,
        instagram: None,
    },
];

pub const INSTAGRAM: [InstagramAccount; 2] = [
    InstagramAccount {
        id: "17841405793187218",
        app_scoped_id: "7920145367281904",
        username: "harbour.bakery",
        name: "Harbour Bakery",
        account_type: "BUSINESS",
        biography: "Bread by the water since 1987.",
        followers: 6_904,
        follows: 412,
    },
    InstagramAccount {
        id: "17841447305216094",
        app_scoped_id: "8013372516490275",
        username: "harbour.workshops",
        name: "Harbour Workshops",
        account_type: "MEDIA_CREATOR",
        biography: "Learn to bake with us.",
        followers: 1_733,
        follows: 208,
    },
];

pub const MASTODON: [MastodonAccount; 2] = [
    MastodonAccount {
        id: "113201847720118845",
        username: "harbourbakery",
        name: "Harbour Bakery",
        note: "Bread, buns and the weather at the ferry landing.",
        followers: 538,
        following: 121,
    },
    MastodonAccount {
        id: "113201851093340217",
        username: "ines",
        name: "Ines Moreno",
        note: "Baker. Sails when the oven is off.",
        followers: 96,
        following: 143,
    },
];

pub const GOOGLE: [GoogleAccount; 1] = [GoogleAccount {
    id: "07482155390346813207",
    name: "Ines Moreno",
    email: "ines@harbourbakery.example",
}];

pub fn page(id: &str) -> Option<&'static Page> {
    PAGES
        .iter()
        .find(|page| page.id == id || page.username == id)
}

/// The Page that an Instagram account is linked to.
pub fn page_of_instagram(id: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.instagram == Some(id))
}

pub fn instagram(id: &str) -> Option<&'static InstagramAccount> {
    INSTAGRAM
        .iter()
        .find(|account| account.id == id || account.app_scoped_id == id)
}

pub fn mastodon(id: &str) -> Option<&'static MastodonAccount> {
    MASTODON.iter().find(|account| account.id == id)
}

pub fn google(id: &str) -> Option<&'static GoogleAccount> {
    GOOGLE.iter().find(|account| account.id == id)
}

/// The name that an account gives itself; Instagram shows only the one in its address.
pub fn title_of(id: &str) -> &'static str {
    mastodon(id).map_or_else(|| name_of(id), |account| account.name)
}

/// The name of an account of any platform, as its addresses have it; of a Page, its title.
pub fn name_of(id: &str) -> &'static str {
    let page = page(id).map(|page| page.name);
    let instagram = || instagram(id).map(|account| account.username);
    let mastodon = || mastodon(id).map(|account| account.username);
    let visitor = || {
        let by_id = |one: &&Visitor| one.id == id || one.instagram_id == id;
        let found = VISITORS.iter().find(by_id)?;
        Some(if found.id == id {
            found.name
        } else {
            found.username
        })
    };
    page.or_else(instagram)
        .or_else(mastodon)
        .or_else(visitor)
        .unwrap_or("someone")
}
