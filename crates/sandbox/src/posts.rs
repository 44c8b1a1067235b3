//! What was published, on every platform.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Platform;
use crate::cast;
use crate::media::Medium;
use crate::state::World;

/// Something that a pretend platform has published.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Post {
    pub platform: Platform,
    /// The id of the account it was published on.
    pub account: String,
    pub id: String,
    /// `text`, `link`, `photo`, `album`, `video`, `image`, `carousel`, `reel`, `story` or `status`.
    pub kind: String,
    pub text: String,
    #[serde(default)]
    pub link: Option<String>,
    #[serde(default)]
    pub media: Vec<Medium>,
    pub at: Timestamp,
    #[serde(default)]
    pub idempotency_key: Option<String>,
    #[serde(default)]
    pub deleted: bool,
    /// What was chosen for it besides, in words: a name and a value.
    #[serde(default)]
    pub extras: Vec<(String, String)>,
    /// What only Mastodon has.
    #[serde(default)]
    pub status: Option<StatusExtras>,
}

/// The parts of a Mastodon status that other posts do not have.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusExtras {
    pub visibility: String,
    pub warning: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub reply_to: Option<String>,
    pub edited_at: Option<Timestamp>,
    /// The name of the application that posted.
    pub application: String,
}

/// One line of `GET /admin/published`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub platform: Platform,
    /// The id of the account; `account_name` is what people see.
    pub account: String,
    pub account_name: String,
    pub remote_id: String,
    pub permalink: String,
    pub kind: String,
    pub text: String,
    pub media_count: usize,
    pub at: Timestamp,
    pub idempotency_key: Option<String>,
    /// Deleted posts stay listed, so that a post made twice and deleted once is still seen.
    pub deleted: bool,
}

/// All posts in the order they were made, found by id at once.
#[derive(Debug, Default)]
pub struct Posts {
    list: Vec<Post>,
    places: HashMap<String, usize>,
    by_account: HashMap<String, Vec<usize>>,
}

impl Posts {
    pub fn add(&mut self, post: Post) {
        let place = self.list.len();
        self.places.insert(post.id.clone(), place);
        self.by_account
            .entry(post.account.clone())
            .or_default()
            .push(place);
        self.list.push(post);
    }

    /// A post that is still up.
    pub fn find(&self, id: &str) -> Option<&Post> {
        self.places
            .get(id)
            .map(|place| &self.list[*place])
            .filter(|post| !post.deleted)
    }

    pub fn delete(&mut self, id: &str) -> Option<Post> {
        let post = &mut self.list[*self.places.get(id)?];
        if post.deleted {
            return None;
        }
        post.deleted = true;
        Some(post.clone())
    }

    pub fn edit(&mut self, id: &str, text: &str, now: Timestamp) -> bool {
        let place = self.places.get(id).copied();
        let post = place
            .map(|place| &mut self.list[place])
            .filter(|post| !post.deleted);
        let Some(post) = post else {
            return false;
        };
        text.clone_into(&mut post.text);
        if let Some(status) = &mut post.status {
            status.edited_at = Some(now);
        }
        true
    }

    /// What is up on an account, newest first. Account ids are unique among all platforms.
    pub fn of(&self, account: &str) -> impl Iterator<Item = &Post> {
        let places = self.by_account.get(account).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .rev()
            .map(|place| &self.list[*place])
            .filter(|post| !post.deleted)
    }

    /// How much was published on an account since then, deleted or not.
    pub fn count_since(&self, account: &str, since: Timestamp) -> usize {
        let places = self.by_account.get(account).map_or(&[][..], Vec::as_slice);
        places.len() - places.partition_point(|place| self.list[*place].at < since)
    }

    pub fn newest_first(&self) -> impl Iterator<Item = &Post> {
        self.list.iter().rev()
    }

    pub fn oldest_first(&self) -> impl Iterator<Item = &Post> {
        self.list.iter()
    }
}

impl Post {
    /// A post made at `at`, without what only some posts have.
    pub fn new(
        platform: Platform,
        account: &str,
        id: String,
        kind: &str,
        text: &str,
        at: Timestamp,
    ) -> Self {
        Self {
            platform,
            account: account.to_owned(),
            id,
            kind: kind.to_owned(),
            text: text.to_owned(),
            link: None,
            media: Vec::new(),
            at,
            idempotency_key: None,
            deleted: false,
            extras: Vec::new(),
            status: None,
        }
    }

    /// What the Graph API calls it. A video is one thing and the post that shows it another.
    pub fn graph_id(&self) -> String {
        match (self.platform, self.kind.as_str()) {
            (Platform::Facebook, "video" | "reel") => format!("{}_{}", self.account, self.id),
            _ => self.id.clone(),
        }
    }

    /// The page that shows this post, in the shape of the real platform's addresses.
    pub fn permalink(&self, world: &World) -> String {
        world.link(&self.permalink_path())
    }

    pub fn permalink_path(&self) -> String {
        let id = &self.id;
        match (self.platform, self.kind.as_str()) {
            (Platform::Facebook, "reel") => format!("/facebook/reel/{id}/"),
            (Platform::Facebook, "video") => format!("/facebook/{}/videos/{id}/", self.account),
            (Platform::Facebook, _) => format!("/facebook/posts/{id}"),
            (Platform::Instagram, "story") => {
                format!("/instagram/stories/{}/{id}/", cast::name_of(&self.account))
            }
            (Platform::Instagram, "reel") => format!("/instagram/reel/{}/", shortcode(id)),
            (Platform::Instagram, _) => format!("/instagram/p/{}/", shortcode(id)),
            (Platform::Mastodon, _) => format!("/mastodon/@{}/{id}", cast::name_of(&self.account)),
            // Nothing is posted there.
            (Platform::GDrive, _) => "/gdrive".to_owned(),
        }
    }

    pub fn published(&self, world: &World) -> Published {
        Published {
            platform: self.platform,
            account: self.account.clone(),
            account_name: cast::name_of(&self.account).to_owned(),
            remote_id: self.id.clone(),
            permalink: self.permalink(world),
            kind: self.kind.clone(),
            text: self.text.clone(),
            media_count: self.media.len(),
            at: self.at,
            idempotency_key: self.idempotency_key.clone(),
            deleted: self.deleted,
        }
    }
}

const SHORTCODE_LETTERS: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Instagram's short spelling of a media id: the number in base 64.
pub fn shortcode(id: &str) -> String {
    let mut number: u64 = id.parse().unwrap_or_default();
    let mut letters = Vec::new();
    while number > 0 {
        letters.push(char::from(SHORTCODE_LETTERS[(number % 64) as usize]));
        number /= 64;
    }
    letters.into_iter().rev().collect()
}

/// The media id that a shortcode stands for.
pub fn id_of_shortcode(code: &str) -> Option<String> {
    let mut number: u64 = 0;
    for letter in code.bytes() {
        let digit = SHORTCODE_LETTERS
            .iter()
            .position(|known| *known == letter)?;
        number = number.checked_mul(64)?.checked_add(digit as u64)?;
    }
    Some(number.to_string())
}

impl Serialize for Posts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Posts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut posts = Self::default();
        Vec::deserialize(deserializer)?
            .into_iter()
            .for_each(|post| posts.add(post));
        Ok(posts)
    }
}

#[cfg(test)]
mod tests {
    use super::{id_of_shortcode, shortcode};

    #[test]
    fn a_shortcode_leads_back_to_its_id() {
        for id in ["1", "63", "64", "176357892100001"] {
            assert_eq!(id_of_shortcode(&shortcode(id)).as_deref(), Some(id));
        }
        assert_eq!(id_of_shortcode("not a code"), None);
    }
}
