//! The Pages that a token reaches.

use fanfare_platform_kit::{Advice, PlatformError};
use serde::Deserialize;

use super::call::{Graph, Token};
use super::login::Picture;

const FIELDS: &str = "id,name,username,access_token,category,tasks,picture.type(large),\
                      instagram_business_account{id,username,name,profile_picture_url}";

/// A Page as lists give it.
#[derive(Deserialize)]
pub struct Page {
    pub id: String,
    pub name: String,
    pub access_token: Option<String>,
    /// What the person may do there; absent where Meta does not say.
    pub tasks: Option<Vec<String>>,
    picture: Option<Picture>,
    pub instagram_business_account: Option<InstagramAccount>,
    /// Every Page has one and no person does.
    category: Option<String>,
}

/// The professional account linked to a Page.
#[derive(Deserialize)]
pub struct InstagramAccount {
    pub id: String,
    pub username: Option<String>,
    pub name: Option<String>,
    pub profile_picture_url: Option<String>,
}

impl Page {
    pub fn avatar_url(&self) -> Option<String> {
        self.picture.as_ref().and_then(Picture::url)
    }

    /// Its own token, of the same application as `parent`.
    pub fn token(&self, parent: &Token) -> Option<Token> {
        let access_token = self.access_token.clone()?;
        Some(Token {
            access_token,
            ours: parent.ours,
        })
    }
}

/// All Pages of the person: those with a role of their own, and those of their business portfolios, which
/// `/me/accounts` leaves out.
pub async fn list_pages(
    graph: &Graph<'_>,
    token: &Token,
    granted: &[String],
) -> Result<Vec<Page>, PlatformError> {
    let mut pages: Vec<Page> = graph.read_all("me/accounts", FIELDS, token).await?;
    if granted.iter().any(|scope| scope == "business_management") {
        for page in portfolio_pages(graph, token).await? {
            merge(&mut pages, page);
        }
    }
    for page in pages.iter_mut().filter(|page| page.access_token.is_none()) {
        page.access_token = own_token(graph, token, &page.id).await?;
    }
    Ok(pages)
}

/// The Page itself, if `token` is a Page's own.
pub async fn page_of_token(
    graph: &Graph<'_>,
    token: &Token,
) -> Result<Option<Page>, PlatformError> {
    let fields = "id,name,category,picture.type(large)";
    let page: Option<Page> = unless_refused(graph.read("me", fields, token).await)?;
    Ok(page.filter(|page| page.category.is_some()))
}

async fn portfolio_pages(graph: &Graph<'_>, token: &Token) -> Result<Vec<Page>, PlatformError> {
    #[derive(Deserialize)]
    struct Business {
        id: String,
    }
    let mut pages = Vec::new();
    let businesses = graph
        .read_all::<Business>("me/businesses", "id", token)
        .await;
    for business in unless_refused(businesses)?.unwrap_or_default() {
        for edge in ["owned_pages", "client_pages"] {
            let found = graph
                .read_all(&format!("{}/{edge}", business.id), FIELDS, token)
                .await;
            pages.extend(unless_refused(found)?.unwrap_or_default());
        }
    }
    Ok(pages)
}

/// Adds a Page once; the copy with a token is the better one.
fn merge(pages: &mut Vec<Page>, page: Page) {
    match pages.iter_mut().find(|known| known.id == page.id) {
        Some(known) if known.access_token.is_none() => *known = page,
        Some(_) => {}
        None => pages.push(page),
    }
}

async fn own_token(
    graph: &Graph<'_>,
    token: &Token,
    page: &str,
) -> Result<Option<String>, PlatformError> {
    #[derive(Deserialize)]
    struct Own {
        access_token: Option<String>,
    }
    let own = graph.read::<Own>(page, "access_token", token).await;
    Ok(unless_refused(own)?.and_then(|own| own.access_token))
}

/// What we may not see is left out; what may pass, or concerns the whole connection, is passed on.
fn unless_refused<T>(result: Result<T, PlatformError>) -> Result<Option<T>, PlatformError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.advice, Advice::Permanent | Advice::NeedsPermission) => {
            tracing::debug!(log = error.log, "left out, for we may not see it");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
