//! Films for tests.

/// Where films, and pictures that say so, were taken.
pub const PLACE: &[u8] = b"+41.4036+002.1744/  ";

/// An MP4 of that size and that many bytes, 12.5 seconds long, that says where it was taken.
///
/// # Panics
/// If `bytes` are too few to say all that, below some 400.
#[must_use]
pub fn film(width: u32, height: u32, bytes: usize) -> Vec<u8> {
    let header = atom(b"ftyp", &[b"isom\0\0\0\0isom"]);
    let movie = atom(
        b"moov",
        &[
            &atom(b"mvhd", &[&numbers(&[0, 0, 0, 1_000, 12_500]), &[0; 80]]),
            &atom(
                b"trak",
                &[
                    &atom(
                        b"tkhd",
                        &[
                            &numbers(&[0, 0, 0, 1]),
                            &[0; 60],
                            &numbers(&[width << 16, height << 16]),
                        ],
                    ),
                    &atom(b"mdia", &[&atom(b"hdlr", &[&[0; 8], b"vide", &[0; 12]])]),
                ],
            ),
            &atom(b"udta", &[&atom(b"\xA9xyz", &[PLACE])]),
        ],
    );
    let rest = bytes - header.len() - movie.len() - 8;
    let film: Vec<u8> = (0..rest).map(|at| (at % 251) as u8).collect();
    [header, movie, atom(b"mdat", &[&film])].concat()
}

fn atom(name: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let size = u32::try_from(content.len() + 8)
        .expect("a film below 4 GB")
        .to_be_bytes();
    [size.as_slice(), name, &content].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_be_bytes())
        .collect()
}
