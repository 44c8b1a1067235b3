//! New files made from old ones: cropped, or converted to what a platform takes.

use std::io;

use fanfare_domain::media::MediaKind;
use fanfare_domain::{ErrorCode, MediaId};
use fanfare_store::media::Media;
use tokio::sync::Semaphore;

use super::add::{About, add_new};
use super::file_type::FileType;
use super::inspect::at_workbench;
use super::library::get;
use super::picture::{self, Area, Edited, still_picture_needed};
use crate::{App, AppError, Caller, FieldError, Result};

/// No useful picture is smaller.
const FEWEST_BYTES: u64 = 10_000;
/// So many pictures are held in memory for it. Reading one may take its time, which nobody at the workbench should have to wait for.
static READ_AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Makes a new picture of a part of one. It keeps alternative text, folder and tags; the original stays.
///
/// # Errors
/// `not_found`, `still_picture_needed`, `out_of_range` for an area that does not lie in the picture.
pub async fn crop(app: &App, caller: &Caller, id: MediaId, area: Area) -> Result<Media> {
    let media = still(app, caller, id).await?;
    lies_within(area, &media)?;
    derive(
        app,
        caller,
        media,
        "media.cropped",
        move |bytes, file_type| picture::crop(bytes, file_type, area),
    )
    .await
}

/// Makes a copy of a picture in another format, or of fewer bytes. It keeps alternative text, folder and tags; the original stays.
///
/// # Errors
/// `not_found`, `still_picture_needed`, `not_allowed` for a type that cannot be made, `out_of_range` for too few bytes.
pub async fn convert(
    app: &App,
    caller: &Caller,
    id: MediaId,
    mime: &str,
    max_bytes: Option<u64>,
) -> Result<Media> {
    let media = still(app, caller, id).await?;
    let to = match FileType::of_mime(mime) {
        Some(to @ (FileType::Jpeg | FileType::Png | FileType::WebP)) => to,
        _ => {
            return Err(AppError::invalid_field(
                "mime",
                ErrorCode::NotAllowed,
                "Pictures are converted to image/jpeg, image/png or image/webp.",
            ));
        }
    };
    if max_bytes.is_some_and(|most| most < FEWEST_BYTES) {
        return Err(AppError::invalid_field(
            "max_bytes",
            ErrorCode::OutOfRange,
            format!("Allow at least {FEWEST_BYTES} bytes."),
        ));
    }
    derive(
        app,
        caller,
        media,
        "media.converted",
        move |bytes, file_type| picture::convert(bytes, file_type, to, max_bytes),
    )
    .await
}

async fn still(app: &App, caller: &Caller, id: MediaId) -> Result<Media> {
    let media = get(app, caller, id).await?;
    match media.kind {
        MediaKind::Image => Ok(media),
        MediaKind::Gif | MediaKind::Video => Err(still_picture_needed()),
    }
}

fn lies_within(area: Area, media: &Media) -> Result<()> {
    let mut wrong = Vec::new();
    for (field, start, length, whole) in [
        ("width", area.x, area.width, media.width),
        ("height", area.y, area.height, media.height),
    ] {
        let end = u64::from(start) + u64::from(length);
        if length == 0 || end > u64::from(whole) {
            wrong.push(FieldError::new(
                field,
                ErrorCode::OutOfRange,
                format!(
                    "The part has to lie in the picture, which is {} × {}.",
                    media.width, media.height
                ),
            ));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(AppError::invalid(wrong))
    }
}

async fn derive(
    app: &App,
    caller: &Caller,
    media: Media,
    action: &'static str,
    work: impl FnOnce(&[u8], FileType) -> Result<Edited> + Send + 'static,
) -> Result<Media> {
    let file_type = FileType::of_mime(&media.mime).ok_or_else(still_picture_needed)?;
    let kept = app.media_file(&media.storage_key);
    let _place = READ_AT_ONCE.acquire().await.map_err(anyhow::Error::from)?;
    let bytes = kept.read_whole().await;
    let bytes = bytes.map_err(|error| unreadable(&error, &media.file_name))?;
    let local_files = app.local_files.clone();
    let (file, edited) = at_workbench(move || {
        let edited = work(&bytes, file_type)?;
        let file = local_files.incoming();
        std::fs::write(file.path(), &edited.bytes).map_err(anyhow::Error::from)?;
        Ok((file, edited))
    })
    .await?;
    let about = About {
        folder: media.folder_id,
        tags: media.tags.clone(),
        derived_from: Some(media.id),
        ..About::new(action, name_of(&media, &edited), media.alt.clone())
    };
    add_new(app, caller, file.path(), about).await
}

/// The original's name with the new extension, and with the size where that is what is new.
fn name_of(media: &Media, edited: &Edited) -> String {
    let name = &media.file_name;
    let stem = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 4 => stem,
        _ => name.as_str(),
    };
    let is_resized = (media.width, media.height) != (edited.width, edited.height);
    let size = if is_resized || FileType::of_mime(&media.mime) == Some(edited.file_type) {
        format!(" {}×{}", edited.width, edited.height)
    } else {
        String::new()
    };
    let extension = edited.file_type.extension();
    let room = 255 - size.chars().count() - extension.len() - 1;
    let stem: String = stem.chars().take(room).collect();
    format!("{stem}{size}.{extension}")
}

fn unreadable(error: &io::Error, name: &str) -> AppError {
    if error.kind() == io::ErrorKind::NotFound {
        return AppError::conflict(
            ErrorCode::MediaMissing,
            format!("The bytes of “{name}” are gone. Upload it again."),
        );
    }
    AppError::media_unavailable(error)
}
