//! Every format in, every format out: sizes, turning, glass, limits.

use std::io::Cursor;

use image::{ImageBuffer, ImageFormat, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;
use crate::media::picture;

/// Red grows to the right, green downwards.
fn slopes(width: u32, height: u32) -> RgbImage {
    ImageBuffer::from_fn(width, height, |x, y| {
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 60])
    })
}

/// Every pixel unlike its neighbours: what no format packs well.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 7_u32;
    ImageBuffer::from_fn(width, height, |_, _| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        Rgb([next(), next(), next()])
    })
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn opened(edited: &Edited) -> DynamicImage {
    let image = image::load_from_memory(&edited.bytes).unwrap();
    assert_eq!(
        (image.width(), image.height()),
        (edited.width, edited.height)
    );
    image
}

fn code(result: Result<Edited, AppError>) -> ErrorCode {
    match result {
        Err(AppError::Refused(refusal)) => refusal
            .fields
            .first()
            .map_or(refusal.code, |field| field.code),
        other => panic!("{other:?}"),
    }
}

const FORMATS: [(FileType, ImageFormat); 4] = [
    (FileType::Jpeg, ImageFormat::Jpeg),
    (FileType::Png, ImageFormat::Png),
    (FileType::Gif, ImageFormat::Gif),
    (FileType::WebP, ImageFormat::WebP),
];

const AREA: Area = Area {
    x: 40,
    y: 20,
    width: 50,
    height: 30,
};

#[test]
fn a_part_of_every_format_is_that_part() {
    let image = DynamicImage::from(slopes(128, 64));
    for ((from, format), to) in
        FORMATS
            .into_iter()
            .zip([FileType::Jpeg, FileType::Png, FileType::Png, FileType::Jpeg])
    {
        let edited = crop(&encoded(&image, format), from, AREA).unwrap();
        assert_eq!(edited.file_type, to, "{from:?}");
        let part = opened(&edited).to_rgb8();
        assert_eq!(part.dimensions(), (50, 30));
        for (x, y) in [(2, 2), (47, 2), (2, 27), (25, 15)] {
            let (got, wanted) = (part.get_pixel(x, y), image.to_rgb8());
            let wanted = wanted.get_pixel(x + AREA.x, y + AREA.y);
            for channel in 0..3 {
                // A GIF has 256 colours for all.
                let far = got[channel].abs_diff(wanted[channel]);
                assert!(far < 40, "{from:?} at {x}, {y}: {got:?} for {wanted:?}");
            }
        }
    }
}

#[test]
fn glass_stays_glass_where_the_format_knows_it() {
    let glass: RgbaImage = ImageBuffer::from_pixel(128, 64, Rgba([200, 10, 10, 100]));
    for (from, format) in [
        (FileType::Png, ImageFormat::Png),
        (FileType::WebP, ImageFormat::WebP),
    ] {
        let bytes = encoded(&glass.clone().into(), format);
        let part = crop(&bytes, from, AREA).unwrap();
        assert_eq!(part.file_type, from);
        assert_eq!(
            opened(&part).to_rgba8().get_pixel(5, 5),
            &Rgba([200, 10, 10, 100])
        );
    }
}

#[test]
fn what_shines_through_is_white_in_a_jpeg() {
    let glass: RgbaImage = ImageBuffer::from_fn(64, 64, |x, _| match x {
        0..32 => Rgba([0, 0, 0, 0]),
        _ => Rgba([255, 0, 0, 128]),
    });
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let from = if format == ImageFormat::Png {
            FileType::Png
        } else {
            FileType::WebP
        };
        let bytes = encoded(&glass.clone().into(), format);
        let flat = opened(&convert(&bytes, from, FileType::Jpeg, None).unwrap());
        assert!(!flat.color().has_alpha());
        let flat = flat.to_rgb8();
        assert!(flat.get_pixel(8, 30).0.iter().all(|value| *value > 245));
        let pink = flat.get_pixel(56, 30);
        assert!(pink[0] > 245 && pink[1].abs_diff(127) < 12, "{pink:?}");
    }
}

#[test]
fn every_format_becomes_every_other_of_the_same_size() {
    let sixteen_bits = DynamicImage::from(slopes(70, 33)).to_rgba16();
    let mut sources: Vec<_> = FORMATS
        .into_iter()
        .map(|(from, format)| (from, encoded(&slopes(70, 33).into(), format)))
        .collect();
    sources.push((
        FileType::Png,
        encoded(&sixteen_bits.into(), ImageFormat::Png),
    ));
    let grey = DynamicImage::from(slopes(70, 33)).to_luma8();
    sources.push((
        FileType::Jpeg,
        encoded(&grey.clone().into(), ImageFormat::Jpeg),
    ));
    sources.push((FileType::Png, encoded(&grey.into(), ImageFormat::Png)));
    for (from, bytes) in sources {
        for to in [FileType::Jpeg, FileType::Png, FileType::WebP] {
            let edited = convert(&bytes, from, to, None).unwrap();
            assert_eq!(
                (edited.width, edited.height),
                (70, 33),
                "{from:?} to {to:?}"
            );
            assert_eq!(edited.file_type, to);
            opened(&edited);
            // What we make, we take.
            picture::read(&edited.bytes, to).unwrap();
        }
    }
}

#[test]
fn what_fits_already_is_not_written_anew() {
    let bytes = encoded(&slopes(64, 64).into(), ImageFormat::Jpeg);
    let same = convert(
        &bytes,
        FileType::Jpeg,
        FileType::Jpeg,
        Some(bytes.len() as u64),
    )
    .unwrap();
    assert_eq!(same.bytes, bytes);
}

#[test]
fn a_picture_gets_coarser_first_and_smaller_then() {
    let bytes = encoded(&noise(600, 400).into(), ImageFormat::Png);
    let fine = convert(&bytes, FileType::Png, FileType::Jpeg, None).unwrap();
    let all = fine.bytes.len() as u64;

    let coarser = convert(&bytes, FileType::Png, FileType::Jpeg, Some(all * 3 / 4)).unwrap();
    assert_eq!((coarser.width, coarser.height), (600, 400));
    let smaller = convert(&bytes, FileType::Png, FileType::Jpeg, Some(all / 20)).unwrap();
    assert!(smaller.width < 600);
    let ratio = f64::from(smaller.width) / f64::from(smaller.height);
    assert!((ratio - 1.5).abs() < 0.05, "the shape stays: {ratio}");
    let without_loss = convert(&bytes, FileType::Png, FileType::Png, Some(100_000)).unwrap();
    assert!(without_loss.width < 600 && without_loss.bytes.len() <= 100_000);
}

#[test]
fn a_limit_that_no_picture_meets_ends_in_words() {
    let bytes = encoded(&noise(64, 64).into(), ImageFormat::Png);
    let refused = convert(&bytes, FileType::Png, FileType::Jpeg, Some(10));
    assert_eq!(code(refused), ErrorCode::OutOfRange);
}

#[test]
fn moving_pictures_and_damaged_ones_are_refused() {
    let mut moving = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut moving);
    for _ in 0..2 {
        let frame = DynamicImage::from(slopes(64, 64)).to_rgba8();
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let area = Area {
        x: 0,
        y: 0,
        width: 8,
        height: 8,
    };
    assert_eq!(
        code(crop(&moving, FileType::Gif, area)),
        ErrorCode::StillPictureNeeded
    );
    let converted = convert(&moving, FileType::Gif, FileType::Jpeg, None);
    assert_eq!(code(converted), ErrorCode::StillPictureNeeded);
    let half = &encoded(&slopes(64, 64).into(), ImageFormat::Png)[..200];
    assert_eq!(
        code(crop(half, FileType::Png, area)),
        ErrorCode::UnreadableFile
    );
}

#[test]
fn areas_are_those_of_the_picture_as_it_is_shown() {
    // EXIF 6: shown turned a quarter to the right, so 40 × 80 is shown 80 high.
    let plain = encoded(&slopes(80, 40).into(), ImageFormat::Jpeg);
    let mut notes = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    notes.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(notes.len() + 2).unwrap().to_be_bytes();
    let turned = [&plain[..2], &[0xFF, 0xE1], &length, &notes, &plain[2..]].concat();
    let area = Area {
        x: 20,
        y: 60,
        width: 20,
        height: 20,
    };
    let part = opened(&crop(&turned, FileType::Jpeg, area).unwrap()).to_rgb8();
    // The lower right as shown is the upper right as stored: much red, little green.
    let pixel = part.get_pixel(10, 10);
    assert!(pixel[0] > 190 && pixel[1] < 90, "{pixel:?}");
    let upright = convert(&turned, FileType::Jpeg, FileType::Jpeg, None).unwrap();
    assert_eq!((upright.width, upright.height), (40, 80));
    assert!(!upright.bytes.windows(4).any(|window| window == b"Exif"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_limit_is_kept_and_nothing_grows(
        width in 1_u32..400, height in 1_u32..400, most in 10_000_u64..200_000, to in 0..3_usize,
    ) {
        let to = [FileType::Jpeg, FileType::Png, FileType::WebP][to];
        let bytes = encoded(&noise(width, height).into(), ImageFormat::Png);
        let edited = convert(&bytes, FileType::Png, to, Some(most)).unwrap();
        prop_assert!(edited.bytes.len() as u64 <= most);
        prop_assert!(edited.width <= width && edited.height <= height);
        prop_assert_eq!(opened(&edited).width(), edited.width);
    }

    #[test]
    fn any_part_has_the_size_that_was_asked_for(
        (width, x, part_width) in (1_u32..200).prop_flat_map(|w| (Just(w), 0..w).prop_flat_map(|(w, x)| (Just(w), Just(x), 1..=w - x))),
        (height, y, part_height) in (1_u32..200).prop_flat_map(|h| (Just(h), 0..h).prop_flat_map(|(h, y)| (Just(h), Just(y), 1..=h - y))),
    ) {
        let bytes = encoded(&slopes(width, height).into(), ImageFormat::Png);
        let area = Area { x, y, width: part_width, height: part_height };
        let part = opened(&crop(&bytes, FileType::Png, area).unwrap()).to_rgb8();
        prop_assert_eq!(part.dimensions(), (part_width, part_height));
        let whole = slopes(width, height);
        prop_assert_eq!(part.get_pixel(0, 0), whole.get_pixel(x, y));
    }
}
