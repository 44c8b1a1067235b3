//! What is settled for one connection: above all, what a channel's options are when a post does not choose them.

use fanfare_domain::ConnectionId;
use fanfare_platform_kit::content::Options;
use fanfare_platform_kit::manifest::{ContentRules, Manifest, OptionKind, OptionSpec};
use fanfare_platform_kit::rules::check_options;
use fanfare_store::audit;
use fanfare_store::connections::{self, settings};
use serde_json::{Map, Value as Json, json};

use super::read::missing;
use crate::audit::event;
use crate::error::FieldError;
use crate::{App, AppError, Caller, Result};

/// What can be settled for a connection, and what is.
#[derive(Debug, Clone)]
pub struct SettingsView {
    pub options: Vec<OptionSpec>,
    /// By name; what nobody settled is not there.
    pub values: Options,
}

/// The settings of one connection.
///
/// # Errors
/// `not_found`.
pub async fn read_settings(app: &App, caller: &Caller, id: ConnectionId) -> Result<SettingsView> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let connection = connections::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "connection"))?;
    let options = specs(app, &connection.platform);
    let values = settled(&options, settings::get(&mut tx, id).await?);
    Ok(SettingsView { options, values })
}

/// Settles what `change` names; null goes back to the platform's own default.
///
/// # Errors
/// `not_found`; what is wrong, under `values.<name>`.
pub async fn change_settings(
    app: &App,
    caller: &Caller,
    id: ConnectionId,
    change: Map<String, Json>,
) -> Result<SettingsView> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let connection = connections::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "connection"))?;
    let options = specs(app, &connection.platform);
    let wrong: Vec<FieldError> = check_options(&options, &change)
        .into_iter()
        .map(|finding| {
            let field = finding.field.replacen("options.", "values.", 1);
            FieldError::new(field, finding.code, finding.detail)
        })
        .collect();
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    let mut values = settled(&options, settings::get(&mut tx, id).await?);
    let names: Vec<String> = change.keys().cloned().collect();
    for (name, value) in change {
        match value {
            Json::Null => drop(values.remove(&name)),
            Json::String(text) if text.trim().is_empty() => drop(values.remove(&name)),
            value => drop(values.insert(name, value)),
        }
    }
    settings::set(&mut tx, id, &values, now).await?;
    let event = event(
        now,
        caller.actor(),
        "connection.settings_changed",
        ("connection", id),
        json!({"platform": connection.platform, "name": connection.name, "settings": names}),
    );
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(SettingsView { options, values })
}

/// What a channel's options are when a post leaves them out.
pub(crate) fn option_defaults(manifest: &Manifest, settings: settings::Settings) -> Options {
    let mut values = settled(&manifest.connection_settings, settings);
    let options = &manifest.content.options;
    values.retain(|name, _| options.iter().any(|option| option.name == name));
    values
}

/// The rules, with the connection's defaults in the place of the platform's.
pub(super) fn with_defaults(mut rules: ContentRules, defaults: &Options) -> ContentRules {
    for option in &mut rules.options {
        match (&mut option.kind, defaults.get(option.name)) {
            (OptionKind::Choice { choices, default }, Some(Json::String(value))) => {
                if let Some(choice) = choices.iter().find(|choice| choice.value == value) {
                    *default = choice.value;
                }
            }
            (OptionKind::Flag { default }, Some(Json::Bool(value))) => *default = *value,
            _ => {}
        }
    }
    rules
}

fn specs(app: &App, platform: &str) -> Vec<OptionSpec> {
    let platform = app.platforms.get(platform);
    platform
        .map(|platform| platform.manifest().connection_settings.clone())
        .unwrap_or_default()
}

/// Those that still can be settled so; the others are left over from another version.
fn settled(specs: &[OptionSpec], settings: settings::Settings) -> Options {
    let wrong = check_options(specs, &settings);
    settings
        .into_iter()
        .filter(|(name, value)| {
            let field = format!("options.{name}");
            !value.is_null() && !wrong.iter().any(|finding| finding.field == field)
        })
        .collect()
}
