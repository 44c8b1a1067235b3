//! Our application's registrations at servers that each want to know it, one for each server and redirect address.

use fanfare_domain::Secret;
use fanfare_platform_kit::PlatformContext;
use fanfare_store::app_registrations::{self, RegistrationKey};

use crate::{App, Result};

/// The registration at `server`, if there is one that opens.
pub(super) async fn find(app: &App, ctx: &PlatformContext, server: &str) -> Result<Option<Secret>> {
    let mut tx = app
        .store
        .as_system("registrations serve all workspaces")
        .read()
        .await?;
    let sealed = app_registrations::get(&mut tx, key(ctx, server)).await?;
    drop(tx);
    // One that no longer opens is as good as none: the server registers us once more.
    Ok(sealed.and_then(|sealed| app.vault.open_text(&owner(ctx, server), &sealed).ok()))
}

pub(super) async fn keep(
    app: &App,
    ctx: &PlatformContext,
    server: &str,
    registration: &Secret,
) -> Result<()> {
    let sealed = app.vault.seal_text(&owner(ctx, server), registration);
    let mut tx = app
        .store
        .as_system("registrations serve all workspaces")
        .write()
        .await?;
    app_registrations::put(&mut tx, key(ctx, server), sealed, app.now()).await?;
    Ok(tx.commit().await?)
}

fn key<'a>(ctx: &'a PlatformContext, server: &'a str) -> RegistrationKey<'a> {
    RegistrationKey {
        platform: ctx.platform,
        server,
        redirect_uri: ctx.redirect_uri.as_str(),
    }
}

fn owner(ctx: &PlatformContext, server: &str) -> String {
    format!("app_registration/{}/{server}", ctx.platform)
}
