//! Films made here, and everything that may be wrong with one.

mod webm;

use std::io::Cursor;

use proptest::prelude::*;

use self::webm::{cluster, open_element, webm_header, webm_info, webm_tracks};
use super::*;

const PLACE: &[u8] = b"+41.4036+002.1744/";

fn atom(name: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [size.as_slice(), name, &content].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_be_bytes())
        .collect()
}

/// A movie's header of version 0: `duration` in thousandths.
fn movie_header(duration: u32) -> Vec<u8> {
    atom(b"mvhd", &[&numbers(&[0, 0, 0, 1_000, duration]), &[0; 80]])
}

/// A track's header of version 0.
fn track_header(id: u32, width: u32, height: u32, turned: bool) -> Vec<u8> {
    const ONE: u32 = 0x1_0000;
    let matrix = if turned {
        [0, ONE, 0, ONE.wrapping_neg(), 0, 0, 0, 0, 0x4000_0000]
    } else {
        [ONE, 0, 0, 0, ONE, 0, 0, 0, 0x4000_0000]
    };
    let head = numbers(&[0, 0, 0, id, 0, 0, 0, 0, 0, 0]);
    atom(
        b"tkhd",
        &[
            &head,
            &numbers(&matrix),
            &numbers(&[width << 16, height << 16]),
        ],
    )
}

fn media_box(handler: &[u8; 4], codec: &[u8; 4]) -> Vec<u8> {
    let header = atom(b"mdhd", &[&numbers(&[0, 0, 0, 90_000, 0, 0])]);
    let handler = atom(b"hdlr", &[&[0; 8], handler, &[0; 12]]);
    let mut entry = vec![0; 78];
    entry[24..28].copy_from_slice(&[0x02, 0x80, 0x01, 0xE0]);
    let entry = atom(codec, &[&entry]);
    let table = atom(b"stbl", &[&atom(b"stsd", &[&numbers(&[0, 1]), &entry])]);
    atom(b"mdia", &[&header, &handler, &atom(b"minf", &[&table])])
}

fn track(id: u32, width: u32, height: u32, turned: bool, codec: &[u8; 4]) -> Vec<u8> {
    let header = track_header(id, width, height, turned);
    atom(b"trak", &[&header, &media_box(b"vide", codec)])
}

fn sound_track() -> Vec<u8> {
    atom(
        b"trak",
        &[&track_header(7, 0, 0, false), &media_box(b"soun", b"mp4a")],
    )
}

fn file_header() -> Vec<u8> {
    atom(b"ftyp", &[b"isom\0\0\0\0isom"])
}

fn film(parts: &[&[u8]]) -> Vec<u8> {
    [
        file_header(),
        atom(b"moov", parts),
        atom(b"mdat", &[&[7; 100]]),
    ]
    .concat()
}

fn mp4(bytes: &[u8]) -> Result<Container, Broken> {
    take_apart(&mut Cursor::new(bytes), FileType::Mp4)
}

fn video_of(bytes: &[u8]) -> Video {
    mp4(bytes).unwrap().video.unwrap()
}

#[test]
fn an_mp4_says_how_large_and_how_long_it_is() {
    let bytes = film(&[
        &movie_header(12_345),
        &sound_track(),
        &track(1, 1920, 1080, false, b"avc1"),
    ]);
    let codec = Some("h264".to_owned());
    let expected = Video {
        width: 1920,
        height: 1080,
        duration_millis: Some(12_345),
        codec,
    };
    assert_eq!(video_of(&bytes), expected);
}

#[test]
fn a_film_held_upright_is_as_tall_as_it_shows() {
    let bytes = film(&[&movie_header(1), &track(1, 1920, 1080, true, b"hvc1")]);
    let video = video_of(&bytes);
    assert_eq!(
        (video.width, video.height, video.codec.as_deref()),
        (1080, 1920, Some("h265"))
    );
}

#[test]
fn where_the_track_says_no_size_the_codec_does() {
    let video = video_of(&film(&[&movie_header(1), &track(1, 0, 0, false, b"avc1")]));
    assert_eq!((video.width, video.height), (640, 480));
}

#[test]
fn a_header_of_version_1_is_read() {
    let mut header = vec![0; 108];
    header[0] = 1;
    header[20..24].copy_from_slice(&600_u32.to_be_bytes());
    header[24..32].copy_from_slice(&3_000_u64.to_be_bytes());
    let bytes = film(&[&atom(b"mvhd", &[&header]), &track(1, 16, 9, false, b"avc1")]);
    assert_eq!(video_of(&bytes).duration_millis, Some(5_000));
}

#[test]
fn a_film_in_pieces_is_as_long_as_they_reach() {
    let fragment = |begins: u32, run: Vec<u8>| {
        let header = atom(b"tfhd", &[&numbers(&[0, 1])]);
        let time = atom(b"tfdt", &[&numbers(&[0, begins])]);
        atom(b"moof", &[&atom(b"traf", &[&header, &time, &run])])
    };
    // 30 samples of the default length, then 2 that each say theirs beside their size.
    let first = fragment(0, atom(b"trun", &[&numbers(&[0, 30])]));
    let second = fragment(
        90_000,
        atom(b"trun", &[&numbers(&[0x301, 2, 0, 45_000, 9, 22_500, 9])]),
    );
    let defaults = atom(
        b"mvex",
        &[&atom(b"trex", &[&numbers(&[0, 1, 1, 3_000, 0, 0])])],
    );
    let bytes = [
        film(&[
            &movie_header(0),
            &track(1, 16, 9, false, b"avc1"),
            &defaults,
        ]),
        first,
        second,
    ]
    .concat();
    assert_eq!(video_of(&bytes).duration_millis, Some(1_750));
}

#[test]
fn an_mp4_cut_anywhere_or_without_index_is_damaged() {
    let whole = film(&[&movie_header(1), &track(1, 16, 9, false, b"avc1")]);
    let index_ends = whole.len() - 108;
    for length in 0..whole.len() {
        // Right behind the index, only the film itself is missing; nothing says that there should be one.
        if !(index_ends..index_ends + 8).contains(&length) {
            assert!(
                mp4(&whole[..length]).is_err(),
                "cut to {length} of {}",
                whole.len()
            );
        }
    }
    let no_index = [file_header(), atom(b"mdat", &[&[7; 100]])].concat();
    assert!(mp4(&no_index).unwrap_err().0.contains("index"));
}

#[test]
fn sound_alone_is_no_film() {
    assert_eq!(
        mp4(&film(&[&movie_header(1), &sound_track()]))
            .unwrap()
            .video,
        None
    );
}

#[test]
fn the_place_is_blanked_and_nothing_moves() {
    let place = atom(b"udta", &[&atom(b"\xA9xyz", &[PLACE])]);
    let more = atom(b"meta", &[PLACE]);
    let bytes = film(&[
        &movie_header(1),
        &track(1, 16, 9, false, b"avc1"),
        &place,
        &more,
    ]);
    let original = [bytes, atom(b"uuid", &[&[0xBE; 16], PLACE])].concat();
    let mended = blanked(&original, FileType::Mp4);
    assert!(contains(&original, PLACE) && !contains(&mended, PLACE));
    assert_eq!(original.len(), mended.len());
    assert_eq!(video_of(&original), video_of(&mended));
    assert!(mp4(&mended).unwrap().notes.is_empty());
}

fn blanked(bytes: &[u8], file_type: FileType) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("film");
    std::fs::write(&path, bytes).unwrap();
    read(&path, file_type).unwrap();
    std::fs::read(&path).unwrap()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Two and a half seconds of a canvas each, recorded by Chromium, which writes no length anywhere.
#[test]
fn films_recorded_by_a_browser_are_read() {
    let webm = (
        include_bytes!("fixtures/recorded.webm").as_slice(),
        FileType::WebM,
        "vp8",
    );
    let mp4 = (
        include_bytes!("fixtures/recorded.mp4").as_slice(),
        FileType::Mp4,
        "h264",
    );
    for (bytes, file_type, codec) in [webm, mp4] {
        let video = take_apart(&mut Cursor::new(bytes), file_type)
            .unwrap()
            .video
            .unwrap();
        assert_eq!(
            (video.width, video.height, video.codec.as_deref()),
            (320, 240, Some(codec))
        );
        let millis = video.duration_millis.unwrap();
        assert!(
            (2_300..2_600).contains(&millis),
            "{file_type:?} is {millis} ms long"
        );
    }
}

#[test]
fn a_film_of_absurd_size_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("film");
    std::fs::write(
        &path,
        film(&[&movie_header(1), &track(1, 20_000, 9, false, b"avc1")]),
    )
    .unwrap();
    let refused = read(&path, FileType::Mp4).unwrap_err().to_string();
    assert!(
        refused.starts_with("picture_too_large") && refused.contains("20000 × 9"),
        "{refused}"
    );
}

proptest! {
    #[test]
    fn damage_never_panics(
        at in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let defaults = atom(b"mvex", &[&atom(b"trex", &[&numbers(&[0, 1, 1, 3_000, 0, 0])])]);
        let header = atom(b"tfhd", &[&numbers(&[0, 1])]);
        let run = atom(b"trun", &[&numbers(&[0x301, 2, 0, 45_000, 9, 22_500, 9])]);
        let fragment = atom(b"moof", &[&atom(b"traf", &[&header, &run])]);
        let mp4_film = [film(&[&movie_header(0), &track(1, 16, 9, false, b"avc1"), &defaults]), fragment].concat();
        let segment =
            open_element(0x1853_8067, &[&webm_info(None), &webm_tracks(), &cluster(true, 9, &[0, 33])]);
        let webm_film = [webm_header(), segment].concat();
        for (mut bytes, file_type) in [(mp4_film, FileType::Mp4), (webm_film, FileType::WebM)] {
            for (index, byte) in &at {
                let index = index.index(bytes.len());
                bytes[index] = *byte;
            }
            if let Ok(container) = take_apart(&mut Cursor::new(&bytes), file_type) {
                for note in container.notes {
                    prop_assert!(note.end <= bytes.len() as u64 && note.end - note.start >= 8);
                }
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        for head in [atom(b"moov", &[]), webm_header(), Vec::new()] {
            let bytes = [head, bytes.clone()].concat();
            for file_type in [FileType::Mp4, FileType::Mov, FileType::WebM] {
                let _ = take_apart(&mut Cursor::new(&bytes), file_type);
            }
        }
    }
}
