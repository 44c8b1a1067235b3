//! Content kept to begin posts with: a text, files, and what differs by platform.

use std::collections::{BTreeMap, BTreeSet};

use fanfare_domain::{ContentTemplateId, ErrorCode, MediaId, PostId};
use fanfare_store::audit;
use fanfare_store::content_templates::{self, ContentTemplate};
use fanfare_store::media::Media;
use fanfare_store::{StoreError, WorkspaceTx, media};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::check::{MEDIA_LIMIT, TEXT_LIMIT};
use super::detail::{PostDetail, load};
use super::names::{checked_name, key_of, name_taken};
use super::versions::{VersionMedia, VersionVariant};
use crate::audit::event;
use crate::error::FieldError;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

/// What a template says. Channels come and go, so what differs is kept by platform.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TemplateContent {
    pub text: String,
    pub media: Vec<VersionMedia>,
    pub variants: BTreeMap<String, VersionVariant>,
}

/// A template as a person looks at it.
#[derive(Debug, Clone)]
pub struct TemplateDetail {
    pub template: ContentTemplate,
    pub content: TemplateContent,
    /// Those of its files that still exist.
    pub media: BTreeMap<MediaId, Media>,
}

/// A change: what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct TemplateChange {
    pub name: Option<String>,
    pub text: Option<String>,
    pub media: Option<Vec<VersionMedia>>,
    pub variants: Option<BTreeMap<String, VersionVariant>>,
}

/// Newest first, at most `limit`, older than `before`.
pub async fn list_content_templates(
    app: &App,
    caller: &Caller,
    before: Option<ContentTemplateId>,
    limit: u32,
) -> Result<Vec<TemplateDetail>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let found = content_templates::list(&mut tx, before, limit).await?;
    details(&mut tx, found).await
}

pub async fn read_content_template(
    app: &App,
    caller: &Caller,
    id: ContentTemplateId,
) -> Result<TemplateDetail> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let template = find(&mut tx, id).await?;
    one(&mut tx, template).await
}

/// Keeps a template.
///
/// # Errors
/// Bad input names each field; `duplicate` for a name that another has.
pub async fn create_content_template(
    app: &App,
    caller: &Caller,
    name: &str,
    content: &TemplateContent,
) -> Result<TemplateDetail> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let made = add(app, &mut tx, caller, name, content).await?;
    tx.commit().await?;
    Ok(made)
}

/// Keeps what a post says as a template. Where channels of one platform differ, the first one's variant is kept.
pub async fn save_as_content_template(
    app: &App,
    caller: &Caller,
    post: PostId,
    name: &str,
) -> Result<TemplateDetail> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let detail = load(&mut tx, post)
        .await
        .map_err(AppError::or_missing("post"))?;
    let made = add(app, &mut tx, caller, name, &content_of_post(&detail)).await?;
    tx.commit().await?;
    Ok(made)
}

/// Renames a template or changes what it says.
pub async fn change_content_template(
    app: &App,
    caller: &Caller,
    id: ContentTemplateId,
    change: &TemplateChange,
) -> Result<TemplateDetail> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut template = find(&mut tx, id).await?;
    if let Some(name) = &change.name {
        template.name = checked_name(name)?;
    }
    let mut content = content_of(&template)?;
    if let Some(text) = &change.text {
        content.text.clone_from(text);
    }
    if let Some(media) = &change.media {
        content.media.clone_from(media);
    }
    if let Some(variants) = &change.variants {
        content.variants.clone_from(variants);
    }
    // What is kept may name files that are gone; only what is newly said is checked.
    if change.text.is_some() || change.media.is_some() || change.variants.is_some() {
        let media = change.media.as_deref().unwrap_or_default();
        check(app, &mut tx, &content, media).await?;
    }
    template.content = json!(content);
    template.updated_at = app.now();
    refuse_taken(&mut tx, &template).await?;
    content_templates::update(&mut tx, &template, &key_of(&template.name))
        .await
        .map_err(taken(&template.name))?;
    record(&mut tx, caller, "content_template.changed", &template).await?;
    let detail = one(&mut tx, template).await?;
    tx.commit().await?;
    Ok(detail)
}

pub async fn delete_content_template(
    app: &App,
    caller: &Caller,
    id: ContentTemplateId,
) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut template = find(&mut tx, id).await?;
    content_templates::delete(&mut tx, id).await?;
    template.updated_at = app.now();
    record(&mut tx, caller, "content_template.deleted", &template).await?;
    Ok(tx.commit().await?)
}

async fn add(
    app: &App,
    tx: &mut WorkspaceTx,
    caller: &Caller,
    name: &str,
    content: &TemplateContent,
) -> Result<TemplateDetail> {
    let now = app.now();
    let template = ContentTemplate {
        id: ContentTemplateId::new(now),
        name: checked_name(name)?,
        content: json!(content),
        created_by: Some(caller.user),
        created_by_name: caller.name.clone(),
        created_at: now,
        updated_at: now,
    };
    check(app, tx, content, &content.media).await?;
    refuse_taken(tx, &template).await?;
    content_templates::insert(tx, &template, &key_of(&template.name))
        .await
        .map_err(taken(&template.name))?;
    record(tx, caller, "content_template.created", &template).await?;
    note_made(tx, caller, "content_template", &template.id.to_string()).await?;
    one(tx, template).await
}

async fn check(
    app: &App,
    tx: &mut WorkspaceTx,
    content: &TemplateContent,
    media: &[VersionMedia],
) -> Result<()> {
    let mut wrong = Vec::new();
    let too_long = |field: String| {
        let detail = format!("At most {TEXT_LIMIT} bytes of text are taken here.");
        FieldError::new(field, ErrorCode::TooLong, detail)
    };
    if content.text.len() > TEXT_LIMIT {
        wrong.push(too_long("text".to_owned()));
    }
    if content.media.len() > MEDIA_LIMIT {
        let detail = format!("At most {MEDIA_LIMIT} pictures and videos are taken here.");
        wrong.push(FieldError::new("media", ErrorCode::TooLong, detail));
    }
    for (platform, variant) in &content.variants {
        if !app.platforms.contains_key(platform.as_str()) {
            let detail = format!("There is no platform named “{platform}” here.");
            let field = format!("variants.{platform}");
            wrong.push(FieldError::new(field, ErrorCode::PlatformUnknown, detail));
        }
        if variant
            .text
            .as_ref()
            .is_some_and(|text| text.len() > TEXT_LIMIT)
        {
            wrong.push(too_long(format!("variants.{platform}.text")));
        }
    }
    let known = files(tx, media.iter().map(|item| item.id).collect()).await?;
    for (position, item) in media.iter().enumerate() {
        if !known.contains_key(&item.id) {
            wrong.push(FieldError::new(
                format!("media.{position}.id"),
                ErrorCode::UnknownMedia,
                "There is no such picture or video in this workspace.",
            ));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(AppError::invalid(wrong))
    }
}

fn content_of_post(detail: &PostDetail) -> TemplateContent {
    let mut content = TemplateContent {
        text: detail.post.text.clone(),
        media: detail
            .media
            .iter()
            .map(|item| VersionMedia {
                id: item.media.id,
                alt: item.alt.clone(),
            })
            .collect(),
        variants: BTreeMap::new(),
    };
    for delivery in &detail.deliveries {
        let options = delivery.options.as_object().cloned().unwrap_or_default();
        let variant = VersionVariant {
            text: delivery.variant_text.clone(),
            options,
        };
        if variant != VersionVariant::default() {
            let variants = &mut content.variants;
            variants.entry(delivery.platform.clone()).or_insert(variant);
        }
    }
    content
}

fn content_of(template: &ContentTemplate) -> Result<TemplateContent> {
    serde_json::from_value(template.content.clone())
        .map_err(|error| AppError::Broken(anyhow::anyhow!("a content template: {error}")))
}

async fn find(tx: &mut WorkspaceTx, id: ContentTemplateId) -> Result<ContentTemplate> {
    content_templates::get(tx, id)
        .await
        .map_err(AppError::or_missing("content template"))
}

async fn refuse_taken(tx: &mut WorkspaceTx, template: &ContentTemplate) -> Result<()> {
    match content_templates::named(tx, &key_of(&template.name)).await? {
        Some(other) if other != template.id => Err(name_taken("template", &template.name)),
        _ => Ok(()),
    }
}

/// Two at once may both find the name free; the database lets one of them have it.
fn taken(name: &str) -> impl Fn(StoreError) -> AppError {
    move |error| match error {
        StoreError::Conflict(_) => name_taken("template", name),
        other => other.into(),
    }
}

async fn one(tx: &mut WorkspaceTx, template: ContentTemplate) -> Result<TemplateDetail> {
    let mut found = details(tx, vec![template]).await?;
    Ok(found.remove(0))
}

async fn details(
    tx: &mut WorkspaceTx,
    templates: Vec<ContentTemplate>,
) -> Result<Vec<TemplateDetail>> {
    let mut read = Vec::new();
    for template in templates {
        read.push((content_of(&template)?, template));
    }
    let named = read
        .iter()
        .flat_map(|(content, _)| content.media.iter().map(|item| item.id))
        .collect();
    let known = files(tx, named).await?;
    Ok(read
        .into_iter()
        .map(|(content, template)| TemplateDetail {
            media: content
                .media
                .iter()
                .filter_map(|item| Some((item.id, known.get(&item.id)?.clone())))
                .collect(),
            content,
            template,
        })
        .collect())
}

async fn files(tx: &mut WorkspaceTx, ids: BTreeSet<MediaId>) -> Result<BTreeMap<MediaId, Media>> {
    let ids: Vec<MediaId> = ids.into_iter().collect();
    let found = media::many(tx, &ids).await?;
    Ok(found.into_iter().map(|file| (file.id, file)).collect())
}

async fn record(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    action: &str,
    template: &ContentTemplate,
) -> Result<()> {
    let event = event(
        template.updated_at,
        caller.actor(),
        action,
        ("content_template", template.id),
        json!({ "name": template.name }),
    );
    Ok(audit::record(tx, &event).await?)
}
