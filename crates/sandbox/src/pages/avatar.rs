//! Pretend profile pictures: hills, a boat or a loaf, in colours of the account's own.

use std::io::Cursor;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use image::ImageFormat;

use crate::scene::{PAINTS, SCENES, paint};
use crate::state::World;

const SIDE: u32 = 200;
/// Each pixel is the mean of so many by so many points, so that edges are smooth.
const POINTS: u32 = 3;

pub fn address(world: &World, id: &str) -> String {
    world.link(&path(id))
}

pub fn path(id: &str) -> String {
    format!("/avatars/{id}.png")
}

pub async fn show(Path(file): Path<String>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "max-age=86400"),
    ];
    (headers, draw(file.trim_end_matches(".png"))).into_response()
}

/// The same for the same account every time.
fn draw(id: &str) -> Vec<u8> {
    let lot = lot_of(id);
    let paints = &PAINTS[lot % PAINTS.len()];
    let scene = SCENES[lot / PAINTS.len() % SCENES.len()];
    let mut png = Cursor::new(Vec::new());
    paint(scene, paints, (SIDE, SIDE), POINTS)
        .write_to(&mut png, ImageFormat::Png)
        .expect("a small picture is encoded");
    png.into_inner()
}

/// A number that looks like chance. It begins with one by which no two of the cast look alike, and the bakery shows a loaf.
fn lot_of(id: &str) -> usize {
    const SPREAD: u32 = 0x0100_0193;
    let mixed = id.bytes().fold(4_u32, |lot, byte| {
        (lot ^ u32::from(byte)).wrapping_mul(SPREAD)
    });
    (mixed >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::{GOOGLE, INSTAGRAM, MASTODON, PAGES, PERSON};

    #[test]
    fn nobody_looks_like_another() {
        let accounts = PAGES
            .iter()
            .map(|page| page.id)
            .chain(INSTAGRAM.iter().map(|account| account.id))
            .chain(MASTODON.iter().map(|account| account.id))
            .chain(GOOGLE.iter().map(|account| account.id))
            .chain([PERSON.id]);
        let pictures: Vec<_> = accounts.map(draw).collect();
        for (at, picture) in pictures.iter().enumerate() {
            assert!(!pictures[..at].contains(picture), "{at}");
        }
        assert_eq!(draw(PERSON.id), draw(PERSON.id));
        let opened = image::load_from_memory(&pictures[0]).unwrap();
        assert_eq!((opened.width(), opened.height()), (SIDE, SIDE));
    }
}
