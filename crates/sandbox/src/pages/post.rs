//! One post on a page of its own: where receipts lead.

use axum::http::StatusCode;
use axum::response::Response;

use super::avatar;
use super::html::{escape, page};
use crate::Platform;
use crate::cast::{self, VISITORS};
use crate::comments::Commented;
use crate::media::Medium;
use crate::posts::{Post, id_of_shortcode};
use crate::state::{State, World};

/// Shows a post by its id.
pub async fn show(world: &World, id: &str) -> Response {
    let size = if world.admin_allowed {
        Size::WithButtons
    } else {
        Size::Whole
    };
    let found = world.look(|state| {
        let post = state.posts.find(id)?;
        Some((post.clone(), article(state, post, size)))
    });
    let Some((post, shown)) = found else {
        return gone();
    };
    let name = cast::title_of(&post.account);
    let body = format!(
        "<main class=\"single\">\n<p class=\"crumbs\"><a href=\"/\">All that was published</a>{}</p>\n{shown}</main>",
        if post.platform == Platform::Mastodon {
            ""
        } else {
            " · <a href=\"/webhooks\">Accounts and webhooks</a>"
        },
    );
    page(
        StatusCode::OK,
        &format!("{name} on pretend {}", post.platform.label()),
        &body,
        "",
    )
}

/// Shows a post by Instagram's short code, or by its id.
pub async fn show_shortcode(world: &World, code: &str) -> Response {
    match id_of_shortcode(code).filter(|id| world.look(|state| state.posts.find(id).is_some())) {
        Some(id) => show(world, &id).await,
        None => show(world, code).await,
    }
}

fn gone() -> Response {
    let body = "<main class=\"single\">\n<p class=\"crumbs\"><a href=\"/\">All that was published</a></p>\n\
                <h1>This post is not here</h1>\n<p>It was deleted, or the sandbox has forgotten it.</p>\n</main>";
    page(StatusCode::NOT_FOUND, "This post is not here", body, "")
}

/// How much is shown of a post.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// As one of many.
    Listed,
    Whole,
    /// With what people can do to it.
    WithButtons,
}

/// A post as it is shown alone and among others.
pub fn article(state: &State, post: &Post, size: Size) -> String {
    let comments = state.comments_on(post);
    let whole = size != Size::Listed;
    let name = escape(cast::title_of(&post.account));
    let name = if post.platform == Platform::Mastodon {
        name
    } else {
        format!("<a href=\"/accounts/{}\">{name}</a>", post.account)
    };
    let when = post.at.strftime("%-d %B %Y, %H:%M:%S UTC");
    let mut body = format!(
        "<article class=\"post {platform}\">\n<header><img src=\"{avatar}\" alt=\"\" width=\"40\" height=\"40\">\
         <div><strong>{name}</strong><small><a href=\"{link}\"><time datetime=\"{at}\">{when}</time></a></small></div>\
         <span class=\"badge {platform}\">{label}</span></header>\n",
        platform = post.platform,
        avatar = avatar::path(&post.account),
        link = escape(&post.permalink_path()),
        at = post.at,
        label = post.platform.label(),
    );
    body += &words(post);
    body += &media(&post.media, whole);
    if let Some(link) = &post.link {
        let link = escape(link);
        body +=
            &format!("<p class=\"card\"><a href=\"{link}\" rel=\"noreferrer\">{link}</a></p>\n");
    }
    body += &below(&comments);
    if whole {
        body += &facts(state, post, comments.len());
    }
    body += "</article>\n";
    if size == Size::WithButtons && post.platform != Platform::Mastodon {
        body += &acts(post, &comments);
    }
    body
}

fn words(post: &Post) -> String {
    let text = escape(&post.text);
    let warning = post
        .status
        .as_ref()
        .map_or("", |status| status.warning.as_str());
    match (text.is_empty(), warning.is_empty()) {
        (true, true) => String::new(),
        (_, true) => format!("<p class=\"text\">{text}</p>\n"),
        _ => format!(
            "<details class=\"text\"><summary>{}</summary><p class=\"text\">{text}</p></details>\n",
            escape(warning)
        ),
    }
}

/// What was written below the post.
fn below(comments: &[Commented]) -> String {
    if comments.is_empty() {
        return String::new();
    }
    let shown = comments.iter().map(|comment| {
        format!(
            "<li{}><strong>{}</strong> <span class=\"text\">{}</span></li>",
            if comment.parent.is_some() {
                " class=\"answer\""
            } else {
                ""
            },
            escape(cast::title_of(&comment.account)),
            escape(&comment.text)
        )
    });
    format!(
        "<ul class=\"comments\" aria-label=\"Comments\">{}</ul>\n",
        shown.collect::<String>()
    )
}

fn media(media: &[Medium], whole: bool) -> String {
    if media.is_empty() {
        return String::new();
    }
    let shown: String = media.iter().map(|medium| one(medium, whole)).collect();
    format!(
        "<div class=\"media n{}\">{shown}</div>\n",
        media.len().min(4)
    )
}

fn one(medium: &Medium, whole: bool) -> String {
    let alt = escape(medium.alt.as_deref().unwrap_or(""));
    let address = format!("/media/{}", medium.hash);
    let shown = if medium.facts.is_video() {
        format!("<video src=\"{address}\" controls preload=\"none\"></video>")
    } else if medium.facts.is_image() {
        format!("<img src=\"{address}\" alt=\"{alt}\" loading=\"lazy\">")
    } else {
        format!("<audio src=\"{address}\" controls preload=\"none\"></audio>")
    };
    let caption = if whole && !alt.is_empty() {
        format!("<figcaption>{alt}</figcaption>")
    } else {
        String::new()
    };
    format!("<figure>{shown}{caption}</figure>")
}

/// What a tester wants to know about a post.
fn facts(state: &State, post: &Post, comments: usize) -> String {
    let mut rows = vec![
        ("Kind", post.kind.clone()),
        ("Id", post.id.clone()),
        ("Media", post.media.len().to_string()),
    ];
    if let Some(status) = &post.status {
        rows.push(("Visibility", status.visibility.clone()));
        rows.extend(
            status
                .language
                .clone()
                .map(|language| ("Language", language)),
        );
    }
    rows.extend(
        post.extras
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone())),
    );
    rows.extend(
        post.idempotency_key
            .clone()
            .map(|key| ("Idempotency key", key)),
    );
    let (first, second) = match post.platform {
        Platform::Facebook => (["reaction", "reactions"], ["comment", "comments"]),
        Platform::Instagram => (["like", "likes"], ["comment", "comments"]),
        // Nothing is posted on a drive.
        Platform::Mastodon | Platform::GDrive => {
            (["favourite", "favourites"], ["reply", "replies"])
        }
    };
    let told = |count: usize, [one, many]: [&str; 2]| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    let rows: String = rows
        .iter()
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escape(value)))
        .collect();
    let (likes, shares) = state.liked_and_shared(post);
    let shares = if post.platform == Platform::Facebook {
        format!(" · {}", told(shares, ["share", "shares"]))
    } else {
        String::new()
    };
    format!(
        "<p class=\"counts\">{} · {}{shares}</p>\n<dl>{rows}</dl>\n",
        told(likes, first),
        told(comments, second)
    )
}

/// The buttons for what people do to a post.
fn acts(post: &Post, comments: &[Commented]) -> String {
    let id = escape(&post.id);
    let back = escape(&post.permalink_path());
    let begin = format!(
        "<form method=\"post\" action=\"/admin/acts\" class=\"act\"><input type=\"hidden\" name=\"post\" value=\"{id}\">\
         <input type=\"hidden\" name=\"back\" value=\"{back}\">"
    );
    let is_page = post.platform == Platform::Facebook;
    let share = if is_page {
        "<button name=\"act\" value=\"share\">Share</button>"
    } else {
        ""
    };
    let to: String = comments
        .iter()
        .filter(|comment| comment.parent.is_none())
        .map(|comment| {
            let start: String = comment.text.chars().take(40).collect();
            format!(
                "<option value=\"{}\">{}</option>",
                comment.remote_id,
                escape(&start)
            )
        })
        .collect();
    let edit = if is_page {
        format!(
            "{begin}<h2>As its owner, past the application</h2><label>Words<textarea name=\"text\" rows=\"2\">{}</textarea></label>\
             <div class=\"buttons\"><button name=\"act\" value=\"edit\">Edit</button>\
             <button name=\"act\" value=\"delete\">Delete</button></div></form>\n",
            escape(&post.text)
        )
    } else {
        format!(
            "{begin}<h2>As its owner, past the application</h2><button name=\"act\" value=\"delete\">Delete</button></form>\n"
        )
    };
    format!(
        "<section class=\"acts\" aria-label=\"What people do to it\">\n\
         {begin}<h2>React</h2>{who}<div class=\"buttons\"><button name=\"act\" value=\"like\">Like</button>\
         <button name=\"act\" value=\"unlike\">Take back</button>{share}</div></form>\n\
         {begin}<h2>Write below it</h2>{who}<label>To<select name=\"comment\"><option value=\"\">The post</option>{to}</select></label>\
         <label>Words<textarea name=\"text\" rows=\"2\" required></textarea></label>\
         <button name=\"act\" value=\"comment\">Comment</button></form>\n{edit}</section>\n",
        who = who("Who"),
    )
}

/// Asks which visitor it is.
pub fn who(label: &str) -> String {
    let names: String = VISITORS
        .iter()
        .map(|one| format!("<option>{}</option>", escape(one.name)))
        .collect();
    format!("<label>{label}<select name=\"who\">{names}</select></label>")
}
