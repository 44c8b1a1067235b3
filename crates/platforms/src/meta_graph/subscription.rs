//! `subscribed_apps`: what Meta tells our application of a Page or account.

use fanfare_platform_kit::PlatformError;
use fanfare_platform_kit::http::Effect;
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::call::{Graph, Page, Token};

/// One application that is told something.
#[derive(Deserialize)]
struct Subscriber {
    id: Option<String>,
    #[serde(default)]
    subscribed_fields: Vec<String>,
}

/// The node whose list of applications is read and written.
pub struct SubscribedApps<'a> {
    pub graph: Graph<'a>,
    pub token: &'a Token,
    pub node: &'a str,
}

impl SubscribedApps<'_> {
    /// The fields that our application is told.
    pub async fn fields(&self) -> Result<Vec<String>, PlatformError> {
        let request = self.graph.call(Method::GET, &self.path(), self.token);
        let list: Page<Subscriber> = self.graph.send(Effect::Repeatable, request).await?;
        let ours = self.graph.settings.app.as_ref().map(|app| app.id.as_str());
        let mut fields = Vec::new();
        for one in list.data {
            // A pasted token is of an application whose id nobody told us; the list shows its own.
            let is_ours = !self.token.ours || one.id.is_none() || one.id.as_deref() == ours;
            if is_ours {
                fields.extend(one.subscribed_fields);
            }
        }
        fields.sort();
        fields.dedup();
        Ok(fields)
    }

    /// Has exactly these told: Meta replaces the list.
    pub async fn set(&self, fields: &[String]) -> Result<(), PlatformError> {
        let fields = fields.join(",");
        let request = self
            .graph
            .call(Method::POST, &self.path(), self.token)
            .form(&[("subscribed_fields", fields)]);
        let _: Value = self.graph.send(Effect::Repeatable, request).await?;
        Ok(())
    }

    /// Has nothing told.
    pub async fn remove(&self) -> Result<(), PlatformError> {
        let request = self.graph.call(Method::DELETE, &self.path(), self.token);
        let _: Value = self.graph.send(Effect::Repeatable, request).await?;
        Ok(())
    }

    fn path(&self) -> String {
        format!("{}/subscribed_apps", self.node)
    }
}
