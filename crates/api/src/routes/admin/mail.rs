//! `/api/admin/mail`: the way messages leave, what became of them, and what they say.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use fanfare_app::mail::{
    self, MailMessage, MailStatus, MailTemplate, Rendered, TemplateText, TemplateView,
};
use fanfare_app::{App, AppError};
use fanfare_domain::{Action, ErrorCode, MailMessageId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    let manage = Action::InstallationManage;
    OpenApiRouter::new()
        .routes(needs(manage, routes!(overview)))
        .routes(needs(manage, routes!(messages)))
        .routes(needs(manage, routes!(message)))
        .routes(needs(manage, routes!(retry)))
        .routes(needs(manage, routes!(send_test)))
        .routes(needs(manage, routes!(templates)))
        .routes(needs(manage, routes!(template)))
        .routes(needs(manage, routes!(change_template)))
        .routes(needs(manage, routes!(reset_template)))
        .routes(needs(manage, routes!(preview)))
        .routes(needs(manage, routes!(send_template)))
}

/// How mail leaves, and what became of it.
#[derive(Serialize, ToSchema)]
struct MailOverview {
    /// `smtp`, `sendgrid`, `mailbox` (shown here only, in the sandbox) or `none`.
    transport: &'static str,
    #[schema(required)]
    from: Option<String>,
    queued: i64,
    sent: i64,
    failed: i64,
    bounced: i64,
    suppressed: i64,
}

/// One message by e-mail.
#[derive(Serialize, ToSchema)]
#[schema(as = MailMessage)]
struct MessageView {
    id: String,
    to: String,
    /// The name of the template it was made from.
    kind: String,
    subject: String,
    /// `queued`, `sent`, `failed`, `bounced` (the address takes no mail) or `suppressed` (not tried, because of what the address told before).
    status: String,
    attempts: i64,
    /// What was said when it was not taken.
    #[schema(required)]
    error: Option<String>,
    created_at: Timestamp,
    #[schema(required)]
    sent_at: Option<Timestamp>,
    /// When it arrived, where the carrier tells.
    #[schema(required)]
    delivered_at: Option<Timestamp>,
    /// What it says; only where mail stays in the interface.
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MessagesParams {
    status: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TestInput {
    to: String,
    /// `en` or `es`; `en` when absent.
    language: Option<String>,
}

/// A kind of message.
#[derive(Serialize, ToSchema)]
#[schema(as = MailTemplateInList)]
struct TemplateInList {
    name: &'static str,
    description: &'static str,
    is_changed: bool,
    variables: &'static [&'static str],
}

/// What a kind of message says in one language.
#[derive(Serialize, ToSchema)]
#[schema(as = MailTemplate)]
struct TemplateBody {
    name: String,
    language: String,
    description: &'static str,
    subject: String,
    html: String,
    text: String,
    is_changed: bool,
    variables: &'static [&'static str],
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TemplateInput {
    language: String,
    subject: String,
    html: String,
    text: String,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LanguageParams {
    /// `en` or `es`; `en` when absent.
    language: Option<String>,
}

/// A message as it is read.
#[derive(Serialize, ToSchema)]
struct RenderedMail {
    subject: String,
    html: String,
    text: String,
}

/// See how mail leaves
#[utoipa::path(get, path = "/api/admin/mail", tag = "Administration", responses((status = 200, body = MailOverview)))]
async fn overview(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
) -> Answer<Json<MailOverview>> {
    let found = mail::overview(&app).await?;
    let count = |status: MailStatus| {
        let counted = found.counts.iter().find(|(one, _)| *one == status);
        counted.map_or(0, |(_, count)| *count)
    };
    Ok(Json(MailOverview {
        transport: found.transport,
        queued: count(MailStatus::Queued),
        sent: count(MailStatus::Sent),
        failed: count(MailStatus::Failed),
        bounced: count(MailStatus::Bounced),
        suppressed: count(MailStatus::Suppressed),
        from: found.from,
    }))
}

/// List messages
#[utoipa::path(get, path = "/api/admin/mail/messages", tag = "Administration", params(MessagesParams), responses((status = 200, body = List<MessageView>)))]
async fn messages(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Params(params): Params<MessagesParams>,
) -> Answer<Json<List<MessageView>>> {
    let page = Page {
        cursor: params.cursor,
        limit: params.limit,
    };
    let limit = page.limit()?;
    let status = params.status.as_deref().map(known_status).transpose()?;
    let found = mail::messages(&app, status, page.after()?, limit).await?;
    let views = found.into_iter().map(|message| view(message, None));
    Ok(List::page(
        views.collect(),
        limit,
        |message: &MessageView| message.id.clone(),
    ))
}

fn known_status(status: &str) -> Result<MailStatus, AppError> {
    MailStatus::parse(status).ok_or_else(|| {
        AppError::invalid_field(
            "status",
            ErrorCode::NotAllowed,
            "A message is queued, sent, failed, bounced or suppressed.",
        )
    })
}

/// See a message
#[utoipa::path(get, path = "/api/admin/mail/messages/{id}", tag = "Administration", params(("id" = String, Path)), responses((status = 200, body = MessageView)))]
async fn message(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Id(id): Id<MailMessageId>,
) -> Answer<Json<MessageView>> {
    let (found, body) = mail::message(&app, id).await?;
    Ok(Json(view(found, body)))
}

/// Try a message again
#[utoipa::path(post, path = "/api/admin/mail/messages/{id}/retry", tag = "Administration", params(("id" = String, Path)), responses((status = 200, body = MessageView)))]
async fn retry(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MailMessageId>,
) -> Answer<Json<MessageView>> {
    Ok(Json(view(mail::retry(&app, &caller, id).await?, None)))
}

/// Send a message to see whether mail arrives
#[utoipa::path(post, path = "/api/admin/mail/test", tag = "Administration", request_body = TestInput, responses((status = 202, body = MessageView)))]
async fn send_test(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<TestInput>,
) -> Answer<impl IntoResponse> {
    let language = input.language.as_deref().unwrap_or("en");
    let message = mail::send_test(&app, &caller, &input.to, language).await?;
    Ok((StatusCode::ACCEPTED, Json(view(message, None))))
}

/// List the kinds of messages
#[utoipa::path(get, path = "/api/admin/mail/templates", tag = "Administration", responses((status = 200, body = List<TemplateInList>)))]
async fn templates(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
) -> Answer<Json<List<TemplateInList>>> {
    let found = mail::templates(&app).await?;
    Ok(List::whole(found.into_iter().map(Into::into).collect()))
}

/// See what a kind of message says
#[utoipa::path(get, path = "/api/admin/mail/templates/{name}", tag = "Administration", params(("name" = String, Path), LanguageParams), responses((status = 200, body = TemplateBody)))]
async fn template(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Path(name): Path<String>,
    Params(params): Params<LanguageParams>,
) -> Answer<Json<TemplateBody>> {
    let language = params.language.as_deref().unwrap_or("en");
    Ok(Json(mail::template(&app, &name, language).await?.into()))
}

/// Change what a kind of message says
#[utoipa::path(put, path = "/api/admin/mail/templates/{name}", tag = "Administration", params(("name" = String, Path)), request_body = TemplateInput, responses((status = 200, body = TemplateBody)))]
async fn change_template(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(name): Path<String>,
    Input(input): Input<TemplateInput>,
) -> Answer<Json<TemplateBody>> {
    let changed = mail::change_template(&app, &caller, input.named(name)).await?;
    Ok(Json(changed.into()))
}

/// Go back to what Fanfare says
#[utoipa::path(delete, path = "/api/admin/mail/templates/{name}", tag = "Administration", params(("name" = String, Path), LanguageParams), responses((status = 204)))]
async fn reset_template(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(name): Path<String>,
    Params(params): Params<LanguageParams>,
) -> Answer<StatusCode> {
    let language = params.language.as_deref().unwrap_or("en");
    mail::reset_template(&app, &caller, &name, language).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// See a message with other words
///
/// Nothing is kept or sent.
#[utoipa::path(post, path = "/api/admin/mail/templates/{name}/preview", tag = "Administration", params(("name" = String, Path)), request_body = TemplateInput, responses((status = 200, body = RenderedMail)))]
async fn preview(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Path(name): Path<String>,
    Input(input): Input<TemplateInput>,
) -> Answer<Json<RenderedMail>> {
    let rendered = mail::preview(&app, &input.named(name))?;
    Ok(Json(RenderedMail {
        subject: rendered.subject,
        html: rendered.html,
        text: rendered.text,
    }))
}

/// Send yourself a message with other words
///
/// The words need not be kept yet. What stands in them for a name, a link and the like is made up.
#[utoipa::path(post, path = "/api/admin/mail/templates/{name}/test", tag = "Administration", params(("name" = String, Path)), request_body = TemplateInput, responses((status = 202, body = MessageView)))]
async fn send_template(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(name): Path<String>,
    Input(input): Input<TemplateInput>,
) -> Answer<impl IntoResponse> {
    let message = mail::send_template(&app, &caller, &input.named(name)).await?;
    Ok((StatusCode::ACCEPTED, Json(view(message, None))))
}

impl TemplateInput {
    fn named(self, name: String) -> MailTemplate {
        MailTemplate {
            name,
            language: self.language,
            subject: self.subject,
            html: self.html,
            text: self.text,
        }
    }
}

fn view(message: MailMessage, body: Option<Rendered>) -> MessageView {
    let (html, text) = body.map(|body| (body.html, body.text)).unzip();
    MessageView {
        id: message.id.to_string(),
        to: message.to,
        kind: message.kind,
        subject: message.subject,
        status: message.status.to_string(),
        attempts: message.attempts,
        error: message.error,
        created_at: message.created_at,
        sent_at: message.sent_at,
        delivered_at: message.delivered_at,
        html,
        text,
    }
}

impl From<TemplateView> for TemplateInList {
    fn from(view: TemplateView) -> Self {
        Self {
            name: view.name,
            description: view.about,
            is_changed: view.is_changed,
            variables: view.variables,
        }
    }
}

impl From<TemplateText> for TemplateBody {
    fn from(found: TemplateText) -> Self {
        Self {
            name: found.text.name,
            language: found.text.language,
            description: found.about,
            subject: found.text.subject,
            html: found.text.html,
            text: found.text.text,
            is_changed: found.is_changed,
            variables: found.variables,
        }
    }
}
