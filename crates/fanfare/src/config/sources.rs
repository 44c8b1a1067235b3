//! Gathers settings from the file, the variables and the command line, and remembers where each came from.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use fanfare_platform_kit::Platform;

use super::variables::{self, CONFIG, FOR_TESTS, Variable};
use super::{Config, ConfigErrors, Loaded, Overrides};

/// All settings as text, by variable name.
pub(super) struct Sources {
    found: BTreeMap<String, Found>,
    known: HashMap<String, Variable>,
    surroundings: HashMap<String, String>,
    errors: Vec<String>,
    warnings: Vec<String>,
}

struct Found {
    text: String,
    /// As the operator knows it: `FANFARE_LISTEN`, `--listen`, `listen in fanfare.toml`.
    origin: String,
}

impl Sources {
    pub(super) fn gather(
        overrides: &Overrides,
        environment: impl IntoIterator<Item = (String, String)>,
        platforms: &[Arc<dyn Platform>],
    ) -> Self {
        let known = variables::all(platforms)
            .into_iter()
            .map(|one| (one.name.clone(), one))
            .collect();
        let mut sources = Self {
            found: BTreeMap::new(),
            known,
            surroundings: environment.into_iter().collect(),
            errors: Vec::new(),
            warnings: Vec::new(),
        };
        let file = overrides
            .config
            .clone()
            .or_else(|| sources.surroundings(CONFIG).map(Into::into));
        if let Some(file) = file {
            sources.add_file(&file);
        }
        sources.add_variables();
        sources.add_options(overrides);
        sources
    }

    /// A variable that is not ours, such as `HOME`.
    pub(super) fn surroundings(&self, name: &str) -> Option<String> {
        self.surroundings
            .get(name)
            .filter(|value| !value.is_empty())
            .cloned()
    }

    /// Reads one setting. What `read` says of a bad one is noted with name and value.
    pub(super) fn take<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        debug_assert!(
            self.known.contains_key(name) || name.contains("_API_") || name.contains("_AUTH_")
        );
        let found = self.found.remove(name)?;
        match read(&found.text) {
            Ok(value) => Some(value),
            Err(words) => {
                let is_secret = self.known.get(name).is_some_and(|known| known.is_secret);
                let shown = if is_secret {
                    "set".to_owned()
                } else {
                    format!("“{}”", found.text)
                };
                self.errors
                    .push(format!("{} is {shown}, but {words}", found.origin));
                None
            }
        }
    }

    /// Notes that one half of a pair was left out.
    pub(super) fn missing<T>(&mut self, name: &str, other: &str) -> Option<T> {
        self.errors.push(format!(
            "{other} is set, but {name} is not. Set both, or neither."
        ));
        None
    }

    pub(super) fn finish(self, config: Config) -> Result<Loaded, ConfigErrors> {
        if self.errors.is_empty() {
            Ok(Loaded {
                config,
                warnings: self.warnings,
            })
        } else {
            Err(ConfigErrors(self.errors))
        }
    }

    fn add_file(&mut self, path: &Path) {
        let shown = path.display();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                return self
                    .errors
                    .push(format!("{shown} cannot be read: {error}."));
            }
        };
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => return self.errors.push(format!("{shown} is not TOML: {error}")),
        };
        let mut settings = Vec::new();
        flatten("FANFARE", "", &table, &mut settings);
        for (name, key, text) in settings {
            let origin = format!("{key} in {shown}");
            if self.known.contains_key(&name) {
                self.found.insert(name, Found { text, origin });
            } else {
                let nearest = self.nearest(&name).map(key_of);
                let hint = nearest
                    .map(|key| format!(" Did you mean {key}?"))
                    .unwrap_or_default();
                self.errors.push(format!("{origin} is no setting.{hint}"));
            }
        }
    }

    fn add_variables(&mut self) {
        let ours: BTreeSet<String> = self
            .surroundings
            .keys()
            .filter(|name| {
                name.starts_with("FANFARE_") && !name.starts_with(FOR_TESTS) && *name != CONFIG
            })
            .cloned()
            .collect();
        for name in ours {
            let text = self.surroundings[&name].clone();
            let twin = name
                .strip_suffix("_FILE")
                .filter(|twin| self.known.get(*twin).is_some_and(|known| known.is_secret));
            if let Some(twin) = twin {
                self.add_secret_file(twin, &name, &text);
            } else if self.known.contains_key(&name) {
                // An empty variable is as good as none: that is how compose files leave one out.
                if !text.is_empty() {
                    self.found
                        .insert(name.clone(), Found { text, origin: name });
                }
            } else {
                let hint = self
                    .nearest(&name)
                    .map(|near| format!(" Did you mean {near}?"));
                let hint = hint.unwrap_or_default();
                self.warnings.push(format!(
                    "{name} is set, but there is no such setting.{hint}"
                ));
            }
        }
    }

    fn add_secret_file(&mut self, name: &str, origin: &str, path: &str) {
        if self.surroundings(name).is_some() {
            self.errors.push(format!(
                "{name} and {origin} are both set. Remove one of them."
            ));
            return;
        }
        match fs::read_to_string(path) {
            Ok(text) => {
                let found = Found {
                    text: text.trim_end().to_owned(),
                    origin: origin.to_owned(),
                };
                self.found.insert(name.to_owned(), found);
            }
            Err(error) => {
                self.errors.push(format!(
                    "{origin} is “{path}”, but that file cannot be read: {error}."
                ));
            }
        }
    }

    fn add_options(&mut self, overrides: &Overrides) {
        let sandbox = overrides
            .sandbox
            .map(|on| if on { "on" } else { "off" }.to_owned());
        let data = overrides
            .data
            .as_ref()
            .map(|path| path.display().to_string());
        for (name, option, given) in [
            ("FANFARE_LISTEN", "--listen", overrides.listen.clone()),
            (
                "FANFARE_PUBLIC_URL",
                "--public-url",
                overrides.public_url.clone(),
            ),
            ("FANFARE_DATA", "--data", data),
            ("FANFARE_SANDBOX", "--sandbox", sandbox),
            (
                "FANFARE_SANDBOX_LISTEN",
                "--listen",
                overrides.sandbox_listen.clone(),
            ),
        ] {
            if let Some(text) = given {
                self.found.insert(
                    name.to_owned(),
                    Found {
                        text,
                        origin: option.to_owned(),
                    },
                );
            }
        }
    }

    fn nearest(&self, name: &str) -> Option<&str> {
        let near = self
            .known
            .keys()
            .map(|known| (distance(known, name), known.as_str()));
        near.min()
            .filter(|(distance, _)| *distance <= 4)
            .map(|(_, known)| known)
    }
}

/// `[facebook] app_id` is `FANFARE_FACEBOOK_APP_ID`: a file is another way to write the same variables.
fn flatten(
    prefix: &str,
    path: &str,
    table: &toml::Table,
    into: &mut Vec<(String, String, String)>,
) {
    for (key, value) in table {
        let name = format!("{prefix}_{}", key.to_uppercase());
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match value {
            toml::Value::Table(table) => flatten(&name, &path, table, into),
            other => into.push((name, path, as_text(other))),
        }
    }
}

fn as_text(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn key_of(name: &str) -> String {
    name.trim_start_matches("FANFARE_").to_lowercase()
}

/// How many letters must be added, removed or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn misspelt_names_are_near() {
        assert_eq!(distance("FANFARE_LISTEN", "FANFARE_LISTEN"), 0);
        assert_eq!(distance("FANFARE_LISTEN", "FANFARE_LISTN"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
