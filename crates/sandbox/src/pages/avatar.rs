//! Pretend profile pictures: hills, a boat or a loaf, in colours of the account's own.

use std::io::Cursor;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use image::{ImageFormat, Rgb, RgbImage};

use crate::state::World;

/// What a picture is painted with.
struct Paints {
    sky: [u8; 3],
    sun: [u8; 3],
    far: [u8; 3],
    near: [u8; 3],
}

#[derive(Clone, Copy)]
enum Scene {
    Hills,
    Boat,
    Loaf,
}

const PAINTS: [Paints; 6] = [
    paints(0xfb_e3c0, 0xf0_883e, 0x2f_6f5e, 0x1f_4f48),
    paints(0xcf_e8f5, 0xf7_c548, 0x2a_6a9e, 0x1d_4a73),
    paints(0xf9_d5d3, 0xe4_572e, 0x8a_4677, 0x5a_2e60),
    paints(0xe1_ebca, 0xf2_b134, 0x5c_8d5a, 0x35_624a),
    paints(0xe3_dbf7, 0xff_8f6b, 0x5a_4fcf, 0x3b_3391),
    paints(0xff_e9a8, 0xe2_574c, 0x2a_7f8e, 0x17_535f),
];
const SCENES: [Scene; 3] = [Scene::Hills, Scene::Boat, Scene::Loaf];
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
    let picture = RgbImage::from_fn(SIDE, SIDE, |x, y| {
        let mut sum = [0_u32; 3];
        for point in 0..POINTS * POINTS {
            let (right, down) = (point % POINTS, point / POINTS);
            let place = |at: u32, part: u32| {
                (f64::from(at) + (f64::from(part) + 0.5) / f64::from(POINTS)) / f64::from(SIDE)
            };
            let colour = scene.colour(paints, place(x, right), place(y, down));
            for (sum, part) in sum.iter_mut().zip(colour) {
                *sum += u32::from(part);
            }
        }
        Rgb(sum.map(|sum| (sum / (POINTS * POINTS)) as u8))
    });
    let mut png = Cursor::new(Vec::new());
    picture
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

impl Scene {
    /// What is seen at a point; both sides are 1 long.
    fn colour(self, paints: &Paints, x: f64, y: f64) -> [u8; 3] {
        match self {
            Self::Hills => hills(paints, x, y),
            Self::Boat => boat(paints, x, y),
            Self::Loaf => loaf(paints, x, y),
        }
    }
}

fn hills(paints: &Paints, x: f64, y: f64) -> [u8; 3] {
    if is_in_disc(x, y, (0.84, 1.16), 0.58) {
        paints.near
    } else if is_in_disc(x, y, (0.16, 1.14), 0.62) {
        paints.far
    } else if is_in_disc(x, y, (0.58, 0.38), 0.2) {
        paints.sun
    } else {
        paints.sky
    }
}

fn boat(paints: &Paints, x: f64, y: f64) -> [u8; 3] {
    let is_hull = y > 0.6 && is_in_disc(x, y, (0.5, 0.48), 0.3);
    let is_sail = (0.16..0.56).contains(&y)
        && ((0.51..0.51 + (y - 0.16) * 0.72).contains(&x)
            || (0.46 - (y - 0.16) * 0.5..0.46).contains(&x));
    if is_hull {
        paints.near
    } else if y > 0.72 {
        paints.far
    } else if is_sail {
        paints.sun
    } else {
        paints.sky
    }
}

fn loaf(paints: &Paints, x: f64, y: f64) -> [u8; 3] {
    // Wider than high, flat below.
    let is_loaf = y < 0.74 && is_in_disc(x, (y - 0.6) * 1.35 + 0.6, (0.5, 0.6), 0.36);
    let is_cut = [0.34, 0.5, 0.66]
        .iter()
        .any(|cut| (0.42..0.6).contains(&y) && (x - (cut + (0.51 - y) * 0.4)).abs() < 0.03);
    if is_loaf && is_cut {
        paints.sky
    } else if is_loaf {
        paints.sun
    } else if y > 0.72 {
        paints.far
    } else {
        paints.sky
    }
}

fn is_in_disc(x: f64, y: f64, middle: (f64, f64), radius: f64) -> bool {
    (x - middle.0).hypot(y - middle.1) < radius
}

const fn paints(sky: u32, sun: u32, far: u32, near: u32) -> Paints {
    Paints {
        sky: colour(sky),
        sun: colour(sun),
        far: colour(far),
        near: colour(near),
    }
}

const fn colour(rgb: u32) -> [u8; 3] {
    let [_, red, green, blue] = rgb.to_be_bytes();
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::{INSTAGRAM, MASTODON, PAGES, PERSON};

    #[test]
    fn nobody_looks_like_another() {
        let accounts = PAGES
            .iter()
            .map(|page| page.id)
            .chain(INSTAGRAM.iter().map(|account| account.id))
            .chain(MASTODON.iter().map(|account| account.id))
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
