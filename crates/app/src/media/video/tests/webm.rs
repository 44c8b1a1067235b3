//! WebM.

use std::io::Cursor;

use super::super::*;
use super::{PLACE, blanked, contains};

pub(super) fn element(id: u32, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let size = (1_u32 << 28 | u32::try_from(content.len()).unwrap()).to_be_bytes();
    [id_bytes(id), size.to_vec(), content].concat()
}

/// An element that lasts until something follows that cannot be in it.
pub(super) fn open_element(id: u32, content: &[&[u8]]) -> Vec<u8> {
    [
        id_bytes(id),
        vec![0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        content.concat(),
    ]
    .concat()
}

fn id_bytes(id: u32) -> Vec<u8> {
    id.to_be_bytes()
        .into_iter()
        .skip_while(|byte| *byte == 0)
        .collect()
}

pub(super) fn webm_header() -> Vec<u8> {
    element(0x1A45_DFA3, &[&element(0x4282, &[b"webm"])])
}

pub(super) fn webm_tracks() -> Vec<u8> {
    let size = element(
        0xE0,
        &[
            &element(0xB0, &[&[0x02, 0x80]]),
            &element(0xBA, &[&[0x01, 0xE0]]),
        ],
    );
    let sound = element(
        0xAE,
        &[&element(0x83, &[&[2]]), &element(0x86, &[b"A_OPUS"])],
    );
    let picture = element(
        0xAE,
        &[&element(0x83, &[&[1]]), &element(0x86, &[b"V_VP9"]), &size],
    );
    element(0x1654_AE6B, &[&sound, &picture])
}

pub(super) fn webm_info(duration: Option<f64>) -> Vec<u8> {
    let scale = element(0x2A_D7B1, &[&[0x0F, 0x42, 0x40]]);
    let duration = duration
        .map(|ticks| element(0x4489, &[&ticks.to_be_bytes()]))
        .unwrap_or_default();
    element(0x1549_A966, &[&scale, &duration])
}

pub(super) fn cluster(open: bool, begins: u16, blocks: &[i16]) -> Vec<u8> {
    let mut content = element(0xE7, &[&begins.to_be_bytes()]);
    for time in blocks {
        let time = time.to_be_bytes();
        content.extend(element(0xA3, &[&[0x81, time[0], time[1], 0x80], b"pixels"]));
    }
    if open {
        open_element(0x1F43_B675, &[&content])
    } else {
        element(0x1F43_B675, &[&content])
    }
}

fn webm(bytes: &[u8]) -> Result<Container, Broken> {
    take_apart(&mut Cursor::new(bytes), FileType::WebM)
}

#[test]
fn a_webm_says_how_large_and_how_long_it_is() {
    let segment = element(
        0x1853_8067,
        &[
            &webm_info(Some(4_500.4)),
            &webm_tracks(),
            &cluster(false, 0, &[0, 33]),
        ],
    );
    let video = webm(&[webm_header(), segment].concat()).unwrap().video;
    let codec = Some("vp9".to_owned());
    let expected = Video {
        width: 640,
        height: 480,
        duration_millis: Some(4_500),
        codec,
    };
    assert_eq!(video, Some(expected));
}

#[test]
fn a_webm_as_browsers_record_it_is_as_long_as_its_last_block() {
    let segment = open_element(
        0x1853_8067,
        &[
            &webm_info(None),
            &webm_tracks(),
            &cluster(true, 0, &[0, 33]),
            &cluster(true, 1_000, &[0, 250, 200]),
        ],
    );
    let video = webm(&[webm_header(), segment].concat())
        .unwrap()
        .video
        .unwrap();
    assert_eq!(video.duration_millis, Some(1_250));
}

#[test]
fn a_webm_cut_anywhere_is_damaged() {
    let segment = element(0x1853_8067, &[&webm_info(Some(10.0)), &webm_tracks()]);
    let whole = [webm_header(), segment].concat();
    assert!(webm(&whole).is_ok());
    for length in 0..whole.len() {
        assert!(
            webm(&whole[..length]).is_err(),
            "cut to {length} of {}",
            whole.len()
        );
    }
}

#[test]
fn tags_of_a_webm_are_blanked_and_nothing_moves() {
    let tags = element(0x1254_C367, &[PLACE]);
    let segment = element(
        0x1853_8067,
        &[
            &webm_info(Some(10.0)),
            &webm_tracks(),
            &tags,
            &cluster(false, 0, &[0]),
        ],
    );
    let original = [webm_header(), segment].concat();
    let mended = blanked(&original, FileType::WebM);
    assert!(contains(&original, PLACE) && !contains(&mended, PLACE));
    assert_eq!(original.len(), mended.len());
    assert_eq!(webm(&original).unwrap().video, webm(&mended).unwrap().video);
}
