//! The settings as a page for people and as a schema for editors.

use std::fmt::Write as _;
use std::sync::Arc;

use fanfare_platform_kit::Platform;
use serde_json::{Map, Value, json};

use super::variables::{self, Variable};

/// Every variable in a table (Markdown).
#[must_use]
pub fn reference(platforms: &[Arc<dyn Platform>]) -> String {
    let mut page = String::from(
        "# Settings\n\n\
         Everything can be set by a variable, or in a TOML file named by `--config` or `FANFARE_CONFIG`. In the file, \
         `FANFARE_LISTEN` is `listen`, and a platform's variables stand in its table: `FANFARE_FACEBOOK_APP_ID` is `app_id` under \
         `[facebook]`. Options on the command line win over variables, variables over the file. A secret (🔑) can also be read from a \
         file: set the variable with `_FILE` behind its name to the file's path.\n\n\
         | variable | value | default | meaning |\n|---|---|---|---|\n",
    );
    for variable in variables::all(platforms) {
        let key = if variable.is_secret { " 🔑" } else { "" };
        let Variable {
            name,
            form,
            default,
            help,
            ..
        } = variable;
        let _ = writeln!(page, "| `{name}`{key} | {form} | {default} | {help} |");
    }
    page
}

/// A JSON schema of the file, by which editors complete and check it.
#[must_use]
pub fn schema(platforms: &[Arc<dyn Platform>]) -> Value {
    let mut properties = Map::new();
    for variable in variables::all(platforms) {
        let key = variable.name.trim_start_matches("FANFARE_").to_lowercase();
        let describe =
            json!({ "type": "string", "description": variable.help, "default": variable.default });
        match table_and_key(&key, platforms) {
            Some((table, key)) => {
                let table = properties.entry(table).or_insert_with(
                    || json!({ "type": "object", "additionalProperties": false, "properties": {} }),
                );
                table["properties"][key] = describe;
            }
            None => drop(properties.insert(key, describe)),
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fanfare's settings",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

/// `facebook_app_id` is `app_id` in the table `facebook`.
fn table_and_key<'a>(
    key: &'a str,
    platforms: &[Arc<dyn Platform>],
) -> Option<(&'static str, &'a str)> {
    platforms.iter().find_map(|platform| {
        let id = platform.manifest().id;
        let rest = key.strip_prefix(id)?.strip_prefix('_')?;
        Some((id, rest))
    })
}
