//! What was written below posts on Facebook and Instagram. Mastodon's replies are posts themselves.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::posts::Post;
use crate::state::{State, World};
use crate::{Platform, cast, webhooks};

/// One comment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Comment {
    pub platform: Platform,
    /// The id of the account that wrote it.
    pub account: String,
    /// The id of the post that it is below.
    pub post: String,
    /// The comment that it answers.
    #[serde(default)]
    pub parent: Option<String>,
    pub id: String,
    pub text: String,
    pub at: Timestamp,
}

/// One line of `GET /admin/comments`: a comment, or a reply on Mastodon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commented {
    pub platform: Platform,
    pub account: String,
    pub account_name: String,
    /// The post that it is below.
    pub post: String,
    /// The comment that it answers.
    #[serde(default)]
    pub parent: Option<String>,
    pub remote_id: String,
    pub text: String,
    pub at: Timestamp,
}

impl Comment {
    /// Where it is seen: below its post.
    pub fn permalink(&self, world: &World, post: &Post) -> String {
        format!("{}?comment_id={}", post.permalink(world), self.id)
    }
}

impl From<&Comment> for Commented {
    fn from(comment: &Comment) -> Self {
        Self {
            platform: comment.platform,
            account: comment.account.clone(),
            account_name: cast::name_of(&comment.account).to_owned(),
            post: comment.post.clone(),
            parent: comment.parent.clone(),
            remote_id: comment.id.clone(),
            text: comment.text.clone(),
            at: comment.at,
        }
    }
}

impl State {
    /// Puts a comment below a post. An answer to an answer stands beside it, as on the real platforms.
    pub fn comment(
        &mut self,
        post: &Post,
        under: Option<&Comment>,
        account: &str,
        text: &str,
    ) -> Comment {
        let number = self.new_id();
        let id = match post.platform {
            // A comment's id begins with its post's number.
            Platform::Facebook => {
                let of_post = post.id.rsplit('_').next().unwrap_or(&post.id);
                format!("{of_post}_{number}")
            }
            _ => number,
        };
        let comment = Comment {
            platform: post.platform,
            account: account.to_owned(),
            post: post.id.clone(),
            parent: under.map(|one| one.parent.clone().unwrap_or_else(|| one.id.clone())),
            id,
            text: text.to_owned(),
            at: self.now(),
        };
        let happening = webhooks::comment(self, post, &comment);
        self.tell(&post.account, &happening);
        self.comments.push(comment.clone());
        comment
    }

    /// Everything that is below the post, oldest first.
    pub fn comments_on(&self, post: &Post) -> Vec<Commented> {
        self.comments()
            .filter(|comment| comment.post == post.id)
            .collect()
    }

    /// Everything that was written below posts that are still up, oldest first.
    pub fn comments(&self) -> impl Iterator<Item = Commented> {
        let replies = self.posts.oldest_first().filter_map(|reply| {
            let to = reply.status.as_ref()?.reply_to.clone()?;
            (!reply.deleted).then(|| Commented {
                platform: reply.platform,
                account: reply.account.clone(),
                account_name: cast::name_of(&reply.account).to_owned(),
                post: to,
                parent: None,
                remote_id: reply.id.clone(),
                text: reply.text.clone(),
                at: reply.at,
            })
        });
        self.comments.iter().map(Commented::from).chain(replies)
    }
}
