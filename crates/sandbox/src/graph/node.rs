//! What an id in a Graph path stands for.

use jiff::Timestamp;

use super::Answer;
use super::caller::Caller;
use crate::call::Call;
use crate::comments::Comment;
use crate::facebook;
use crate::facebook::photo::Photo;
use crate::instagram;
use crate::posts::Post;
use crate::state::{State, World};
use crate::tokens::Holder;
use crate::{Platform, cast};

pub enum Node {
    Person,
    Page(&'static cast::Page),
    InstagramAccount(&'static cast::InstagramAccount),
    Container(String),
    Post(Box<Post>),
    Photo(Box<Photo>),
    Video(String),
    Comment(Box<Comment>),
}

impl Node {
    /// Finds what `id` stands for, if this caller may see it.
    pub fn find(world: &World, caller: &Caller, id: &str) -> Option<Self> {
        if caller.token.grant.holder == Holder::FacebookUser(id.to_owned()) {
            return Some(Self::Person);
        }
        if let Some(page) = cast::page(id) {
            return caller.sees_page(page).then_some(Self::Page(page));
        }
        if let Some(account) = cast::instagram(id) {
            return caller
                .sees_instagram(account.id)
                .then_some(Self::InstagramAccount(account));
        }
        world.look(|state| {
            if let Some(video) = state.facebook_videos.get(id) {
                let seen = cast::page(&video.page).is_some_and(|page| caller.sees_page(page));
                let there = !video.published || state.posts.find(id).is_some();
                return (seen && there).then(|| Self::Video(id.to_owned()));
            }
            if let Some(post) = find_post(state, id) {
                return may_see(caller, post).then(|| Self::Post(Box::new(post.clone())));
            }
            if let Some(comment) = state.comments.iter().find(|comment| comment.id == id) {
                let post = state.posts.find(&comment.post)?;
                return may_see(caller, post).then(|| Self::Comment(Box::new(comment.clone())));
            }
            if let Some(container) = state.instagram_containers.get(id) {
                return caller
                    .sees_instagram(&container.account)
                    .then(|| Self::Container(id.to_owned()));
            }
            state
                .facebook_photos
                .get(id)
                .map(|photo| Self::Photo(Box::new(photo.clone())))
        })
    }

    /// Answers `GET /{id}`.
    pub fn read(&self, world: &World, caller: &Caller, call: &Call) -> Answer {
        match self {
            Self::Person => facebook::account::person(world, call),
            Self::Page(page) => facebook::account::page(world, caller, page, call, "id,name"),
            Self::InstagramAccount(account) => {
                instagram::account::read(world, caller, account, call)
            }
            Self::Container(id) => instagram::container::read(world, id, call),
            Self::Post(post) if post.platform == Platform::Instagram => {
                world.look(|state| instagram::account::one_medium(world, state, caller, post, call))
            }
            Self::Post(post) => {
                world.look(|state| facebook::post::read(world, state, caller, post, call))
            }
            Self::Photo(photo) => facebook::photo::read(world, photo, call),
            Self::Video(id) => facebook::video::read(world, id, call),
            Self::Comment(comment) => super::comments::read(world, caller, comment, call),
        }
    }
}

fn may_see(caller: &Caller, post: &Post) -> bool {
    match post.platform {
        Platform::Facebook => cast::page(&post.account).is_some_and(|page| caller.sees_page(page)),
        Platform::Instagram => caller.sees_instagram(&post.account),
        Platform::Mastodon | Platform::GDrive => false,
    }
}

/// A post by its id. The post that shows a video goes by its Page's id and the video's.
fn find_post<'a>(state: &'a State, id: &str) -> Option<&'a Post> {
    let of_video = || state.posts.find(id.split_once('_')?.1);
    state.posts.find(id).or_else(of_video)
}

/// The Graph API's spelling of an instant.
pub fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()
}

/// Unix seconds or RFC 3339.
pub fn read_instant(text: &str) -> Option<Timestamp> {
    let seconds = text
        .parse()
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    seconds.or_else(|| text.parse().ok())
}
