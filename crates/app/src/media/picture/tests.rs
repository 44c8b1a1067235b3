//! Pictures made here, and everything that may be wrong with one.

use image::{ImageBuffer, Rgb, RgbImage, Rgba};
use proptest::prelude::*;

use super::*;

/// A picture whose top left corner is red, the rest blue.
fn drawing(width: u32, height: u32) -> RgbImage {
    ImageBuffer::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    })
}

fn encoded(image: &DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&drawing(width, height).into(), image::ImageFormat::Jpeg)
}

fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&drawing(width, height).into(), image::ImageFormat::Png)
}

fn animated_gif(frames: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for _ in 0..frames {
        let image = DynamicImage::from(drawing(20, 10)).to_rgba8();
        let delay = image::Delay::from_numer_denom_ms(200, 1);
        encoder
            .encode_frame(image::Frame::from_parts(image, 0, 0, delay))
            .unwrap();
    }
    drop(encoder);
    bytes
}

/// EXIF with an orientation and, at its end, a place: 41° 24' N.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend([1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0]);
    tiff.extend([2, 0, 5, 0, 3, 0, 0, 0, 68, 0, 0, 0]);
    tiff.extend(0_u32.to_le_bytes());
    for (numerator, denominator) in [(41_u32, 1_u32), (24, 1), (0, 1)] {
        tiff.extend(numerator.to_le_bytes());
        tiff.extend(denominator.to_le_bytes());
    }
    tiff.extend(b"GPSPLACE");
    tiff
}

fn jpeg_with_exif(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let plain = jpeg(width, height);
    let notes = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
    let length = u16::try_from(notes.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &notes, &plain[2..]].concat()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn opened(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

#[test]
fn every_picture_type_is_read() {
    let image = DynamicImage::from(drawing(64, 32));
    for (file_type, format) in [
        (FileType::Jpeg, image::ImageFormat::Jpeg),
        (FileType::Png, image::ImageFormat::Png),
        (FileType::Gif, image::ImageFormat::Gif),
        (FileType::WebP, image::ImageFormat::WebP),
    ] {
        let picture = read(&encoded(&image, format), file_type).unwrap();
        assert_eq!(
            (picture.kind, picture.width, picture.height),
            (MediaKind::Image, 64, 32)
        );
        assert_eq!(
            (picture.duration_millis, picture.thumbnail_type),
            (None, FileType::Jpeg)
        );
        assert_eq!(
            opened(&picture.bytes).dimensions(),
            (64, 32),
            "{file_type:?}"
        );
        assert_eq!(
            opened(&picture.thumbnail).dimensions(),
            (64, 32),
            "{file_type:?}"
        );
    }
}

#[test]
fn a_moving_picture_is_told_from_a_still_one() {
    let moving = read(&animated_gif(3), FileType::Gif).unwrap();
    assert_eq!(
        (moving.kind, moving.duration_millis),
        (MediaKind::Gif, Some(600))
    );
    let still = read(&animated_gif(1), FileType::Gif).unwrap();
    assert_eq!(
        (still.kind, still.duration_millis),
        (MediaKind::Image, None)
    );
}

#[test]
fn a_thumbnail_is_small_and_shines_through_where_the_picture_does() {
    let opaque = read(&jpeg(1_000, 500), FileType::Jpeg).unwrap();
    assert_eq!(opened(&opaque.thumbnail).dimensions(), (880, 440));
    let long = read(&jpeg(3_000, 600), FileType::Jpeg).unwrap();
    assert_eq!(opened(&long.thumbnail).dimensions(), (960, 192));
    let small = read(&jpeg(400, 700), FileType::Jpeg).unwrap();
    assert_eq!(opened(&small.thumbnail).dimensions(), (400, 700));

    let glass: ImageBuffer<Rgba<u8>, _> = ImageBuffer::from_pixel(10, 1_920, Rgba([1, 2, 3, 100]));
    let glass = encoded(&glass.into(), image::ImageFormat::Png);
    let picture = read(&glass, FileType::Png).unwrap();
    let thumbnail = image::load_from_memory(&picture.thumbnail).unwrap();
    assert_eq!(
        (thumbnail.height(), picture.thumbnail_type),
        (960, FileType::WebP)
    );
    assert_eq!(thumbnail.to_rgba8().get_pixel(0, 0)[3], 100);
}

#[test]
fn an_accounts_picture_is_the_middle_small_and_still() {
    for format in [
        image::ImageFormat::Png,
        image::ImageFormat::Jpeg,
        image::ImageFormat::WebP,
        image::ImageFormat::Gif,
    ] {
        let wide = encoded(&drawing(400, 200).into(), format);
        let file_type = FileType::of_mime(format.to_mime_type()).unwrap();
        let (small, small_type) = square(&wide, file_type).unwrap();
        assert_eq!(small_type, FileType::Jpeg, "{format:?}");
        let small = opened(&small);
        assert_eq!(small.dimensions(), (96, 96), "{format:?}");
        let [red, _, blue] = small.get_pixel(20, 20).0;
        assert!(red > blue, "{format:?}");
    }
    let (small, _) = square(&animated_gif(3), FileType::Gif).unwrap();
    assert_eq!(opened(&small).dimensions(), (10, 10), "never larger");
    let turned = square(&jpeg_with_exif(300, 200, 6), FileType::Jpeg).unwrap();
    let [red, _, blue] = opened(&turned.0).get_pixel(80, 20).0;
    assert!(red > blue, "upright");
}

#[test]
fn an_accounts_picture_takes_little_memory() {
    let bomb = png_of_size(4_001, 4_000);
    let Err(AppError::Refused(refusal)) = square(&bomb, FileType::Png) else {
        panic!("it is refused");
    };
    assert_eq!(refusal.code, ErrorCode::PictureTooLarge);
}

#[test]
fn the_place_is_gone_and_the_pixels_are_as_they_were() {
    let original = jpeg_with_exif(64, 32, 1);
    assert!(
        contains(&original, b"GPSPLACE"),
        "the picture of this test has a place"
    );
    let picture = read(&original, FileType::Jpeg).unwrap();
    assert!(!contains(&picture.bytes, b"GPSPLACE") && !contains(&picture.bytes, b"Exif"));
    assert_eq!(opened(&picture.bytes), opened(&jpeg(64, 32)));
}

#[test]
fn a_picture_that_should_be_turned_is_kept_upright() {
    // 6: turn it a quarter to the right. The red corner goes from the top left to the top right.
    let picture = read(&jpeg_with_exif(64, 32, 6), FileType::Jpeg).unwrap();
    assert_eq!((picture.width, picture.height), (32, 64));
    assert!(!contains(&picture.bytes, b"GPSPLACE"));
    let upright = opened(&picture.bytes);
    assert!(upright.get_pixel(28, 4)[0] > 150, "red at the top right");
    assert!(upright.get_pixel(4, 4)[2] > 150, "blue at the top left");

    let thumbnail = opened(&picture.thumbnail);
    assert_eq!(thumbnail.dimensions(), (32, 64));
}

#[test]
fn a_turned_png_is_turned_without_loss() {
    let plain = png(64, 32);
    let notes = exif(3);
    // The decoder skips chunks of notes, so the checksum is not looked at.
    let length = u32::try_from(notes.len()).unwrap().to_be_bytes();
    let chunk = [length.as_slice(), b"eXIf", &notes, &[0; 4]].concat();
    let turned = [&plain[..33], &chunk, &plain[33..]].concat();
    let picture = read(&turned, FileType::Png).unwrap();
    assert_eq!(
        opened(&picture.bytes),
        image::imageops::rotate180(&drawing(64, 32))
    );
}

#[test]
fn what_hides_in_or_behind_a_picture_is_left_out() {
    const SCRIPT: &[u8] = b"<html><script>alert(document.domain)</script></html>";
    for (file_type, bytes) in [
        (FileType::Jpeg, jpeg(20, 10)),
        (FileType::Png, png(20, 10)),
        (FileType::Gif, animated_gif(1)),
        (FileType::Gif, animated_gif(2)),
    ] {
        let polyglot = [&bytes, SCRIPT].concat();
        let picture = read(&polyglot, file_type).unwrap();
        assert!(!contains(&picture.bytes, b"<script>"), "{file_type:?}");
    }
    // A comment that makes the file a script of its own: `GIF89a/*…*/=1;alert(1)`.
    let gif = animated_gif(1);
    let comment = [b"\x21\xFE\x0A".as_slice(), b"<script>aa", b"\0"].concat();
    let polyglot = [&gif[..gif.len() - 1], &comment, b";"].concat();
    assert!(!contains(
        &read(&polyglot, FileType::Gif).unwrap().bytes,
        b"<script>"
    ));
}

#[test]
fn a_picture_cut_anywhere_is_refused() {
    for (file_type, whole) in [(FileType::Jpeg, jpeg(40, 20)), (FileType::Png, png(40, 20))] {
        for length in 0..whole.len() {
            assert_eq!(
                code(&whole[..length], file_type),
                ErrorCode::UnreadableFile,
                "{length}"
            );
        }
    }
}

#[test]
fn pixels_are_checked_and_not_only_the_frame_around_them() {
    let mut broken = png(64, 64);
    let middle = broken.len() / 2;
    broken[middle] ^= 0xFF;
    assert_eq!(code(&broken, FileType::Png), ErrorCode::UnreadableFile);
}

#[test]
fn absurd_dimensions_are_refused_before_anything_is_decoded() {
    for (width, height) in [
        (60_000_u32, 60_000_u32),
        (30_001, 1),
        (1, 30_001),
        (20_000, 5_001),
    ] {
        assert_eq!(
            code(&png_of_size(width, height), FileType::Png),
            ErrorCode::PictureTooLarge,
            "{width} × {height}"
        );
    }
    let mut bomb = jpeg(8, 8);
    let frame = bomb
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(code(&bomb, FileType::Jpeg), ErrorCode::PictureTooLarge);

    let mut bomb = animated_gif(2);
    bomb[6..10].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(code(&bomb, FileType::Gif), ErrorCode::PictureTooLarge);
}

#[test]
fn too_many_pictures_in_a_row_are_refused() {
    // Each stores 200 pixels and claims a canvas of 60 million.
    let mut bomb = animated_gif(18);
    bomb[6..8].copy_from_slice(&7_500_u16.to_le_bytes());
    bomb[8..10].copy_from_slice(&8_000_u16.to_le_bytes());
    assert_eq!(code(&bomb, FileType::Gif), ErrorCode::PictureTooLarge);
}

/// A few bytes that promise a picture of that size.
fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let mut bomb = png(8, 8);
    bomb[16..20].copy_from_slice(&width.to_be_bytes());
    bomb[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    bomb
}

fn code(bytes: &[u8], file_type: FileType) -> ErrorCode {
    match read(bytes, file_type) {
        Err(AppError::Refused(refusal)) => refusal.code,
        Err(AppError::Broken(error)) => panic!("broken: {error}"),
        Ok(_) => panic!("taken"),
    }
}

/// The checksum of PNG chunks.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

proptest! {
    /// Whatever is wrong with a picture, the answer is a refusal.
    #[test]
    fn damage_never_panics(
        at in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        which in 0..4_usize,
    ) {
        let image = DynamicImage::from(drawing(16, 16));
        let (file_type, format) = [
            (FileType::Jpeg, image::ImageFormat::Jpeg),
            (FileType::Png, image::ImageFormat::Png),
            (FileType::Gif, image::ImageFormat::Gif),
            (FileType::WebP, image::ImageFormat::WebP),
        ][which];
        let mut bytes = encoded(&image, format);
        for (index, byte) in at {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        if let Err(AppError::Broken(error)) = read(&bytes, file_type) {
            panic!("{error}");
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        for (head, file_type) in [
            (b"\xFF\xD8".as_slice(), FileType::Jpeg),
            (b"\x89PNG\r\n\x1A\n", FileType::Png),
            (b"GIF89a", FileType::Gif),
            (b"RIFF\x00\x04\0\0WEBP", FileType::WebP),
        ] {
            prop_assert!(read(&[head, &bytes].concat(), file_type).is_err());
        }
    }
}
