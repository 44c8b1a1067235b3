//! Painted pictures that stand for photographs: hills, a boat or a loaf.

use image::{Rgb, RgbImage};

/// What a picture is painted with.
pub struct Paints {
    sky: [u8; 3],
    sun: [u8; 3],
    far: [u8; 3],
    near: [u8; 3],
}

#[derive(Clone, Copy)]
pub enum Scene {
    Hills,
    Boat,
    Loaf,
}

pub const PAINTS: [Paints; 6] = [
    paints(0xfb_e3c0, 0xf0_883e, 0x2f_6f5e, 0x1f_4f48),
    paints(0xcf_e8f5, 0xf7_c548, 0x2a_6a9e, 0x1d_4a73),
    paints(0xf9_d5d3, 0xe4_572e, 0x8a_4677, 0x5a_2e60),
    paints(0xe1_ebca, 0xf2_b134, 0x5c_8d5a, 0x35_624a),
    paints(0xe3_dbf7, 0xff_8f6b, 0x5a_4fcf, 0x3b_3391),
    paints(0xff_e9a8, 0xe2_574c, 0x2a_7f8e, 0x17_535f),
];
pub const SCENES: [Scene; 3] = [Scene::Hills, Scene::Boat, Scene::Loaf];

/// Paints a scene in the middle of a picture of that size, as large as its shorter side. Each pixel is the mean of so many
/// by so many points.
pub fn paint(scene: Scene, paints: &Paints, size: (u32, u32), points: u32) -> RgbImage {
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let shorter = width.min(height);
    let place = |at: u32, part: u32, side: f64| {
        let at = f64::from(at) + (f64::from(part) + 0.5) / f64::from(points);
        (at - side / 2.0) / shorter + 0.5
    };
    RgbImage::from_fn(size.0, size.1, |x, y| {
        let mut sum = [0_u32; 3];
        for point in 0..points * points {
            let (right, down) = (point % points, point / points);
            let colour = scene.colour(paints, place(x, right, width), place(y, down, height));
            for (sum, part) in sum.iter_mut().zip(colour) {
                *sum += u32::from(part);
            }
        }
        Rgb(sum.map(|sum| (sum / (points * points)) as u8))
    })
}

impl Scene {
    /// What is seen at a point of a square whose sides are 1 long, or beside it.
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
