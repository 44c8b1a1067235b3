//! Pictures of accounts and channels. They lie at their platforms; pages take nothing from there, so they are fetched, made small and
//! given out from here.

mod shelf;

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{FetchError, Fetched};
use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use url::Url;

use crate::error::{Refusal, RefusalKind};
use crate::{App, AppError, media};

use shelf::Shelf;

/// A small square picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avatar {
    pub bytes: Bytes,
    pub mime: &'static str,
    /// Changes when the bytes do.
    pub tag: String,
}

/// Those that were asked for lately, by their addresses.
#[derive(Debug, Default)]
pub struct Avatars {
    shelf: Shelf,
}

/// For the connection, the answer and all of the picture. A page waits for it, and for as long again for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// Platforms give them out far smaller; only animated ones come near it.
const LARGEST: usize = 2 << 20;

/// How many are fetched at once, so that a page full of accounts does not take all of the line.
static ERRANDS: Semaphore = Semaphore::const_new(8);

/// The picture at this address of a platform.
///
/// # Errors
/// `not_found`, saying why there is none.
pub(crate) async fn avatar(app: &App, address: Option<&str>) -> Result<Avatar, AppError> {
    let none = || nothing("This account has no picture, or its platform did not show it.");
    let address = address.ok_or_else(none)?;
    let shelf = &app.avatars.shelf;
    let getting = shelf.get(address, app.now(), || fetch(app, address));
    let got = timeout(PATIENCE * 2, getting).await;
    Ok(got.unwrap_or_else(|_| {
        Err(nothing(
            "Too many pictures are being fetched. Ask again in a minute.",
        ))
    })?)
}

async fn fetch(app: &App, address: &str) -> Result<Avatar, Refusal> {
    let _place = ERRANDS.acquire().await;
    let original = download(app, address).await?;
    let (small, mime) = media::account_picture(original)
        .await
        .map_err(|error| unusable(&error))?;
    Ok(Avatar {
        tag: hex::encode(&Sha256::digest(&small)[..16]),
        bytes: small.into(),
        mime,
    })
}

async fn download(app: &App, address: &str) -> Result<Bytes, Refusal> {
    let url = Url::parse(address).map_err(|error| unfetched(&error.to_string()))?;
    let fetched = app.http.fetch(url, PATIENCE).await;
    let Fetched {
        bytes, mut content, ..
    } = fetched.map_err(|error| match error {
        FetchError::NotAllowed(refused) => nothing(format!(
            "The picture of this account may not be fetched. {refused}"
        )),
        FetchError::Unreachable(log) => unfetched(&log),
        other => unfetched(&other.to_string()),
    })?;
    if bytes.is_some_and(|bytes| bytes > LARGEST as u64) {
        return Err(too_large());
    }
    let mut picture = BytesMut::new();
    let broke_off = |error: std::io::Error| unfetched(&error.to_string());
    while let Some(piece) = content.try_next().await.map_err(broke_off)? {
        if picture.len() + piece.len() > LARGEST {
            return Err(too_large());
        }
        picture.extend_from_slice(&piece);
    }
    Ok(picture.freeze())
}

fn unfetched(why: &str) -> Refusal {
    tracing::info!(why, "an account's picture was not fetched");
    nothing(
        "The platform did not give the picture of this account. It is asked again in some minutes; syncing the connection learns \
         whether the picture lies elsewhere by now.",
    )
}

fn unusable(error: &AppError) -> Refusal {
    tracing::info!(%error, "an account's picture cannot be used");
    nothing(
        "What the platform keeps as the picture of this account is no PNG, JPEG, WebP or GIF that can be read here, or has too many pixels.",
    )
}

fn too_large() -> Refusal {
    nothing(format!(
        "The picture of this account is larger than {} MB, the most that is fetched.",
        LARGEST >> 20
    ))
}

fn nothing(detail: impl Into<String>) -> Refusal {
    Refusal {
        kind: RefusalKind::NotFound,
        code: ErrorCode::NotFound,
        detail: detail.into(),
        fields: Vec::new(),
        log: None,
    }
}
