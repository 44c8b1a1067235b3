//! What an archive says of a workspace, as JSON files. Nothing that is sealed or secret is read here: no tokens, no keys, no passwords, and not
//! what platforms said in their own words.

use std::collections::HashMap;
use std::path::Path;

use fanfare_domain::WorkspaceId;
use fanfare_domain::media_files::KeptFile;
use fanfare_store::audit::{self, AuditFilter, Chained};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::media::Media;
use fanfare_store::media_list::{self, MediaFilter, MediaOrder};
use fanfare_store::posts::{self, Order, Post, PostFilter, PostMedia};
use fanfare_store::{
    archive, channels, connections, content_templates, hashtag_groups, media_folders, members,
    workspaces,
};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::list_file::ListFile;
use super::webhooks;
use crate::{App, Result};

const PAGE: u32 = 200;
const MOST_FOLDERS: u32 = 10_000;

/// A file of the library, and where it is to lie in the archive.
pub(super) struct LibraryFile {
    pub file: KeptFile,
    pub name: String,
}

/// Explains the archive to whoever opens it.
pub(super) const README: &str = "\
This is one workspace of Fanfare, as it was when the archive was made.

  workspace.json        its name, and when the archive was made
  members.json          who belongs to it, with which role
  connections.json      the accounts that are connected, without what lets anybody in
  channels.json         what is published to
  posts.json            every post, with its media, what differs by channel, and how each delivery went:
                        its state, the platform's id and address of what went out, and the platform's receipt
  templates.json        content templates
  hashtag-groups.json   hashtag groups
  channel-groups.json   groups of channels, and channel-group-members.json which channels are in them
  channel-settings.json what is set for each connection
  queues.json           the times at which each channel's queue goes out
  series.json           posts that come again, and series-posts.json which posts they made
  post-versions.json    what each post said before
  first-comments.json   the first comment under what went out
  delivery-attempts.json  each attempt to deliver something
  engagement.json       reactions and comments that platforms told of
  inbound-messages.json messages that people wrote to the channels
  invitations.json      who is invited, without the links
  api-keys.json         which API keys there are, without the keys
  retention.json        how long things are kept
  webhooks.json         the programs that are told what happens here, without the secrets that messages are signed with
  webhook-attempts.json each attempt to tell one of them something, with what was sent and what was answered, of the
                        last 30 days, the newest first
  media.json            the library: names, alternative texts, tags and folders; `file` says which file it is
  media/                the pictures and videos themselves
  audit.json            the audit log, the newest first, with the hashes that chain it

All times are in UTC. Ids are the same as in the API. Nothing here opens anything: there are no passwords, tokens or
API keys in it. It does hold names and e-mail addresses of people, and the addresses of webhooks, some of which let
whoever knows them write there, so keep it where you keep such things.
";

/// Writes all JSON files into `folder`; answers their names, and the library's files.
pub(super) async fn write(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
    now: Timestamp,
) -> anyhow::Result<(Vec<String>, Vec<LibraryFile>)> {
    tokio::fs::write(folder.join("README.txt"), README).await?;
    write_workspace(app, workspace, folder, now).await?;
    write_members(app, workspace, folder).await?;
    write_connections(app, workspace, folder).await?;
    write_channels(app, workspace, folder).await?;
    write_posts(app, workspace, folder).await?;
    write_templates(app, workspace, folder).await?;
    write_hashtag_groups(app, workspace, folder).await?;
    let parts = write_parts(app, workspace, folder).await?;
    webhooks::write(app, workspace, folder).await?;
    let library = write_media(app, workspace, folder).await?;
    write_audit(app, workspace, folder).await?;
    let mut names = [
        "README.txt",
        "workspace.json",
        "members.json",
        "connections.json",
        "channels.json",
        "posts.json",
        "templates.json",
        "hashtag-groups.json",
        "webhooks.json",
        "webhook-attempts.json",
        "media.json",
        "audit.json",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(parts);
    Ok((names, library))
}

async fn write_workspace(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
    now: Timestamp,
) -> anyhow::Result<()> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let name = workspaces::name(&mut tx).await?;
    drop(tx);
    let about = json!({
        "id": workspace,
        "name": name,
        "exported_at": now,
        "fanfare": app.config.version,
    });
    tokio::fs::write(folder.join("workspace.json"), format!("{about:#}\n")).await?;
    Ok(())
}

async fn write_members(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "members.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = members::list(&mut tx, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(last.user);
        for member in &page {
            let item = json!({
                "user_id": member.user,
                "name": member.name,
                "email": member.email,
                "role": member.role,
                "joined_at": member.joined_at,
                "last_seen_at": member.last_seen_at,
            });
            file.add(&item).await?;
        }
    }
}

async fn write_connections(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "connections.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = connections::list(&mut tx, None, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(last.id);
        for connection in &page {
            let item = json!({
                "id": connection.id,
                "platform": connection.platform,
                "remote_id": connection.remote_id,
                "name": connection.name,
                "status": connection.status,
                "scopes": connection.scopes,
                "expires_at": connection.expires_at,
                "created_at": connection.created_at,
            });
            file.add(&item).await?;
        }
    }
}

async fn write_channels(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "channels.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = channels::list(&mut tx, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(last.id);
        for channel in &page {
            let item = json!({
                "id": channel.id,
                "connection_id": channel.connection_id,
                "platform": channel.platform,
                "remote_id": channel.remote_id,
                "name": channel.name,
                "kind": channel.kind,
                "url": channel.url,
                "enabled": channel.enabled,
                "paused": channel.paused,
                "created_at": channel.created_at,
            });
            file.add(&item).await?;
        }
    }
}

async fn write_posts(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "posts.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = posts::list(&mut tx, &PostFilter::default(), Order::Newest, after, PAGE).await?;
        let ids: Vec<_> = page.iter().map(|(post, _)| post.id).collect();
        let Some((_, last)) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(*last);
        let mut sent: HashMap<_, Vec<Delivery>> = HashMap::new();
        for delivery in deliveries::of_posts(&mut tx, &ids).await? {
            sent.entry(delivery.post_id).or_default().push(delivery);
        }
        let mut shown: HashMap<_, Vec<PostMedia>> = HashMap::new();
        for (post, media) in posts::media_of(&mut tx, &ids).await? {
            shown.entry(post).or_default().push(media);
        }
        drop(tx);
        for (post, _) in &page {
            let media = shown.remove(&post.id).unwrap_or_default();
            let deliveries = sent.remove(&post.id).unwrap_or_default();
            file.add(&post_item(post, &media, &deliveries)).await?;
        }
    }
}

fn post_item(post: &Post, media: &[PostMedia], deliveries: &[Delivery]) -> Json {
    json!({
        "id": post.id,
        "author_id": post.author_id,
        "author_name": post.author_name,
        "state": post.state,
        "text": post.text,
        "schedule": {
            "kind": post.schedule.kind,
            "at": post.schedule.at,
            "time_zone": post.schedule.time_zone,
        },
        "paused_at": post.paused_at,
        "created_at": post.created_at,
        "updated_at": post.updated_at,
        "media": media
            .iter()
            .map(|one| json!({ "media_id": one.media_id, "alt": one.alt }))
            .collect::<Vec<Json>>(),
        "deliveries": deliveries.iter().map(delivery_item).collect::<Vec<Json>>(),
    })
}

fn delivery_item(delivery: &Delivery) -> Json {
    // A receipt is kept as text; one that is no JSON is told as text.
    let receipt = delivery.receipt.as_ref().map(|text| {
        serde_json::from_str::<Json>(text).unwrap_or_else(|_| Json::String(text.clone()))
    });
    json!({
        "id": delivery.id,
        "channel_id": delivery.channel_id,
        "platform": delivery.platform,
        "state": delivery.state,
        "text": delivery.variant_text,
        "options": delivery.options,
        "due_at": delivery.due_at,
        "attempts": delivery.attempts,
        "remote_id": delivery.remote_id,
        "permalink": delivery.permalink,
        "published_at": delivery.published_at,
        "receipt": receipt,
        "error": delivery.error.as_ref().map(|error| json!({
            "code": error.code,
            "detail": error.detail,
        })),
    })
}

async fn write_templates(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "templates.json").await?;
    let mut before = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = content_templates::list(&mut tx, before, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        before = Some(last.id);
        for template in &page {
            let item = json!({
                "id": template.id,
                "name": template.name,
                "content": template.content,
                "created_by": template.created_by,
                "created_at": template.created_at,
                "updated_at": template.updated_at,
            });
            file.add(&item).await?;
        }
    }
}

async fn write_hashtag_groups(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "hashtag-groups.json").await?;
    let mut before = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = hashtag_groups::list(&mut tx, before, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        before = Some(last.id);
        for group in &page {
            let item = json!({
                "id": group.id,
                "name": group.name,
                "hashtags": group.hashtags,
                "created_by": group.created_by,
                "created_at": group.created_at,
                "updated_at": group.updated_at,
            });
            file.add(&item).await?;
        }
    }
}

/// What the tables hold as it is told.
async fn write_parts(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for part in archive::OF_WORKSPACE {
        let name = format!("{}.json", part.name);
        let mut file = ListFile::create(folder, &name).await?;
        let (owner, mut after) = (workspace.to_string(), String::new());
        loop {
            let mut tx = app.store.in_workspace(workspace).read().await?;
            let page = archive::read(&mut tx, part, &owner, &after, PAGE).await?;
            drop(tx);
            let Some((last, items)) = page else {
                break;
            };
            after = last;
            for item in &items {
                file.add(item).await?;
            }
        }
        file.finish().await?;
        names.push(name);
    }
    Ok(names)
}

async fn write_media(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<Vec<LibraryFile>> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let folders = media_folders::all(&mut tx, MOST_FOLDERS).await?;
    drop(tx);
    let folders: HashMap<_, _> = folders.into_iter().map(|one| (one.id, one.name)).collect();
    let mut file = ListFile::create(folder, "media.json").await?;
    let mut library = Vec::new();
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let order = MediaOrder::Oldest(after);
        let page = media_list::list(&mut tx, &MediaFilter::default(), &order, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            file.finish().await?;
            return Ok(library);
        };
        after = Some(last.id);
        for media in &page {
            let name = name_in_archive(media);
            let item = json!({
                "id": media.id,
                "file": name,
                "file_name": media.file_name,
                "kind": media.kind,
                "mime": media.mime,
                "bytes": media.bytes,
                "width": media.width,
                "height": media.height,
                "alt": media.alt,
                "tags": media.tags,
                "folder": media.folder_id.and_then(|id| folders.get(&id)),
                "sha256": media.sha256,
                "created_by": media.created_by,
                "created_at": media.created_at,
            });
            file.add(&item).await?;
            library.push(LibraryFile {
                file: app.media_file(&media.storage_key),
                name,
            });
        }
    }
}

/// By its id, so that no name can lead out of the folder that an archive is unpacked into, and none is there twice.
fn name_in_archive(media: &Media) -> String {
    let ending = media.storage_key.rsplit('.').next().unwrap_or("bin");
    format!("media/{}.{ending}", media.id)
}

async fn write_audit(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "audit.json").await?;
    let mut before = None;
    loop {
        let page = audit_page(app, workspace, before).await?;
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        before = Some(last.event.id);
        for line in &page {
            file.add(&crate::audit::json_line(line)).await?;
        }
    }
}

async fn audit_page(
    app: &App,
    workspace: WorkspaceId,
    before: Option<fanfare_domain::AuditEventId>,
) -> Result<Vec<Chained>> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    Ok(audit::list(&mut tx, &AuditFilter::default(), before, PAGE).await?)
}
