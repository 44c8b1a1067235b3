//! What people do on the pretend platforms themselves, by the buttons of the sandbox's pages or `POST /admin/acts`.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::cast::{self, VISITORS};
use crate::comments::Comment;
use crate::posts::Post;
use crate::state::State;
use crate::{Platform, webhooks};

/// Somebody's reaction to a post; one person has one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reaction {
    pub post: String,
    pub by: String,
    /// `like`, `love`, …
    pub kind: String,
    pub at: Timestamp,
}

/// Somebody passed a post on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Share {
    pub id: String,
    pub post: String,
    pub by: String,
    pub at: Timestamp,
}

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Doing {
    /// The account's owner publishes a text on a Page.
    Publish,
    Edit,
    Delete,
    Like,
    Unlike,
    /// Below a post, or with `comment` an answer.
    Comment,
    Share,
    Mention,
    Message,
}

/// Something that somebody does to a post or on an account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    act: Doing,
    #[serde(default, deserialize_with = "text_or_number")]
    post: String,
    #[serde(default, deserialize_with = "text_or_number")]
    account: String,
    /// The comment that is answered.
    #[serde(default, deserialize_with = "text_or_number")]
    comment: String,
    /// Who does it: a visitor's name; the first when unset.
    #[serde(default)]
    who: String,
    #[serde(default, deserialize_with = "text_or_number")]
    text: String,
}

/// Forms do not tell numbers from texts, and many ids are numbers.
pub fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    })
}

impl State {
    /// Does it, or says why not. Answers the id of what it made, where it made something.
    pub fn act(&mut self, act: &Act) -> Result<Option<String>, String> {
        match act.act {
            Doing::Publish | Doing::Mention | Doing::Message => self.act_on_account(act),
            _ => self.act_on_post(act),
        }
    }

    fn act_on_account(&mut self, act: &Act) -> Result<Option<String>, String> {
        let id = act.account.as_str();
        let page = cast::page(id);
        let account = page
            .map(|page| page.id)
            .or_else(|| cast::instagram(id).map(|one| one.id));
        let account =
            account.ok_or_else(|| format!("There is no Page or Instagram account {id}."))?;
        let text = words(act)?;
        if act.act == Doing::Publish {
            let page = page.ok_or("Instagram takes no posts without a picture.")?;
            let post = format!("{}_{}", page.id, self.new_id());
            let now = self.now();
            let new = Post::new(Platform::Facebook, page.id, post.clone(), "text", text, now);
            self.publish(new);
            return Ok(Some(post));
        }
        let by = visitor(act, account)?;
        let happening = if act.act == Doing::Mention {
            webhooks::mention(self, account, by, text)
        } else {
            webhooks::message(self, account, by, text)
        };
        self.tell(account, &happening);
        Ok(None)
    }

    fn act_on_post(&mut self, act: &Act) -> Result<Option<String>, String> {
        let id = act.post.as_str();
        let post = self.posts.find(id).cloned();
        // Mastodon tells nobody of what visitors do, so they only change what is there.
        let is_owners = matches!(act.act, Doing::Edit | Doing::Delete);
        let post = post
            .filter(|post| is_owners || post.platform != Platform::Mastodon)
            .ok_or_else(|| format!("There is no such post {id}."))?;
        let by = visitor(act, &post.account)?;
        match act.act {
            Doing::Edit => self.edit_post(id, words(act)?),
            Doing::Delete => self.delete_post(id),
            Doing::Like => self.like(&post, by),
            Doing::Unlike => self.unlike(&post, by),
            Doing::Comment => {
                let under = Some(act.comment.as_str()).filter(|id| !id.is_empty());
                let under = under.map(|id| self.comment_below(&post, id)).transpose()?;
                let made = self.comment(&post, under.as_ref(), by, words(act)?);
                return Ok(Some(made.id));
            }
            Doing::Share => return Ok(Some(self.share(&post, by))),
            Doing::Publish | Doing::Mention | Doing::Message => {}
        }
        Ok(None)
    }

    fn comment_below(&self, post: &Post, id: &str) -> Result<Comment, String> {
        let found = self
            .comments
            .iter()
            .find(|comment| comment.id == id && comment.post == post.id);
        found
            .cloned()
            .ok_or_else(|| format!("There is no comment {id} below the post."))
    }

    fn like(&mut self, post: &Post, by: &str) {
        if self.has_reacted(post, by) {
            return;
        }
        let reaction = Reaction {
            post: post.id.clone(),
            by: by.to_owned(),
            kind: "like".to_owned(),
            at: self.now(),
        };
        if let Some(happening) = webhooks::reaction(post, &reaction, "add") {
            self.tell(&post.account, &happening);
        }
        self.reactions.push(reaction);
    }

    fn unlike(&mut self, post: &Post, by: &str) {
        let place = self
            .reactions
            .iter()
            .position(|one| one.post == post.id && one.by == by);
        let Some(reaction) = place.map(|place| self.reactions.remove(place)) else {
            return;
        };
        if let Some(happening) = webhooks::reaction(post, &reaction, "remove") {
            self.tell(&post.account, &happening);
        }
    }

    fn share(&mut self, post: &Post, by: &str) -> String {
        let share = Share {
            id: self.new_id(),
            post: post.id.clone(),
            by: by.to_owned(),
            at: self.now(),
        };
        if let Some(happening) = webhooks::share(self, post, &share) {
            self.tell(&post.account, &happening);
        }
        let id = share.id.clone();
        self.shares.push(share);
        id
    }

    fn has_reacted(&self, post: &Post, by: &str) -> bool {
        self.reactions
            .iter()
            .any(|one| one.post == post.id && one.by == by)
    }

    /// How many reactions and shares a post has.
    pub fn liked_and_shared(&self, post: &Post) -> (usize, usize) {
        let reactions = self.reactions.iter().filter(|one| one.post == post.id);
        let shares = self.shares.iter().filter(|one| one.post == post.id);
        (reactions.count(), shares.count())
    }
}

/// The visitor's id on the account's platform.
fn visitor(act: &Act, account: &str) -> Result<&'static str, String> {
    let who = Some(act.who.as_str()).filter(|who| !who.is_empty());
    let found = match who {
        None => VISITORS.first(),
        Some(who) => VISITORS.iter().find(|one| one.name == who),
    };
    let found = found.ok_or_else(|| format!("Nobody here is called {}.", who.unwrap_or("so")))?;
    Ok(if cast::instagram(account).is_some() {
        found.instagram_id
    } else {
        found.id
    })
}

fn words(act: &Act) -> Result<&str, String> {
    let text = act.text.trim();
    if text.is_empty() {
        return Err("Some words are needed.".to_owned());
    }
    Ok(text)
}
