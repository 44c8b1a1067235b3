//! MP4 and QuickTime: boxes in boxes, each with its size and a name of four letters.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use super::mp4_fragments::{Fragments, defaults};
use super::{Broken, Container, MOST_PARTS, Video, length_of};

/// One box, by where it lies.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub name: [u8; 4],
    pub whole: Range<u64>,
    pub content: Range<u64>,
}

/// Walks over boxes, and counts them so that nobody keeps us walking.
pub(super) struct Walker<'a, R> {
    pub reader: &'a mut R,
    parts: u32,
}

#[derive(Debug, Default)]
struct Track {
    id: u32,
    shows_something: bool,
    width: u32,
    height: u32,
    timescale: u32,
    codec: Option<String>,
}

#[derive(Default)]
struct Movie {
    found: bool,
    /// In milliseconds, where the header knows.
    duration: Option<u64>,
    film: Option<Track>,
    fragments: Fragments,
    notes: Vec<Range<u64>>,
}

pub(super) fn take_apart<R: Read + Seek>(reader: &mut R) -> Result<Container, Broken> {
    let whole = 0..length_of(reader)?;
    let mut walker = Walker { reader, parts: 0 };
    let mut movie = Movie::default();
    walker.each(whole, |walker, atom| match &atom.name {
        b"moov" => read_movie(walker, atom, &mut movie),
        b"moof" => movie.fragments.read(walker, atom),
        b"meta" | b"udta" | b"uuid" => {
            movie.notes.push(atom.whole.clone());
            Ok(())
        }
        _ => Ok(()),
    })?;
    if !movie.found {
        return Err(Broken(
            "its index is missing, as when recording or copying was cut off",
        ));
    }
    let duration = movie.duration;
    let fragments = movie.fragments;
    let video = movie.film.map(|track| Video {
        width: track.width,
        height: track.height,
        duration_millis: duration.or_else(|| fragments.millis(track.id, track.timescale)),
        codec: track.codec,
    });
    Ok(Container {
        video,
        notes: movie.notes,
    })
}

/// A box that players skip, of the same size as the one it replaces.
pub(super) fn filler_header(note: &Range<u64>) -> Vec<u8> {
    let size = note.end - note.start;
    match u32::try_from(size) {
        Ok(size) => [&size.to_be_bytes(), b"free".as_slice()].concat(),
        Err(_) => [
            &1_u32.to_be_bytes(),
            b"free".as_slice(),
            &size.to_be_bytes(),
        ]
        .concat(),
    }
}

fn read_movie<R: Read + Seek>(
    walker: &mut Walker<'_, R>,
    movie_box: &Atom,
    movie: &mut Movie,
) -> Result<(), Broken> {
    movie.found = true;
    walker.each(movie_box.content.clone(), |walker, atom| match &atom.name {
        b"mvhd" => {
            movie.duration = duration(&walker.content::<32>(atom)?);
            Ok(())
        }
        b"trak" => {
            let track = read_track(walker, atom, &mut movie.notes)?;
            if track.shows_something && movie.film.is_none() {
                movie.film = Some(track);
            }
            Ok(())
        }
        b"mvex" => walker.each(atom.content.clone(), |walker, atom| {
            if &atom.name == b"trex" {
                let (track, duration) = defaults(&walker.content::<16>(atom)?);
                movie.fragments.set_default(track, duration);
            }
            Ok(())
        }),
        b"meta" | b"udta" | b"uuid" => {
            movie.notes.push(atom.whole.clone());
            Ok(())
        }
        _ => Ok(()),
    })
}

fn read_track<R: Read + Seek>(
    walker: &mut Walker<'_, R>,
    track_box: &Atom,
    notes: &mut Vec<Range<u64>>,
) -> Result<Track, Broken> {
    let mut track = Track::default();
    let mut coded = (0, 0);
    walker.each(track_box.content.clone(), |walker, atom| match &atom.name {
        b"tkhd" => {
            let header = walker.content::<96>(atom)?;
            // Version 1 has three instants of eight bytes instead of four.
            let shift = if header[0] == 1 { 12 } else { 0 };
            let id = if header[0] == 1 { 20 } else { 12 };
            track.id = u32_at(&header, id);
            (track.width, track.height) = shown_size(&header[40 + shift..]);
            Ok(())
        }
        b"mdia" => read_media(walker, atom, &mut track, &mut coded),
        b"meta" | b"udta" | b"uuid" => {
            notes.push(atom.whole.clone());
            Ok(())
        }
        _ => Ok(()),
    })?;
    if track.width == 0 || track.height == 0 {
        (track.width, track.height) = coded;
    }
    Ok(track)
}

fn read_media<R: Read + Seek>(
    walker: &mut Walker<'_, R>,
    media_box: &Atom,
    track: &mut Track,
    coded: &mut (u32, u32),
) -> Result<(), Broken> {
    walker.each(media_box.content.clone(), |walker, atom| match &atom.name {
        b"mdhd" => {
            let header = walker.content::<24>(atom)?;
            track.timescale = u32_at(&header, if header[0] == 1 { 20 } else { 12 });
            Ok(())
        }
        b"hdlr" => {
            track.shows_something = &walker.content::<12>(atom)?[8..12] == b"vide";
            Ok(())
        }
        b"minf" => walker.each(atom.content.clone(), |walker, atom| match &atom.name {
            b"stbl" => walker.each(atom.content.clone(), |walker, atom| {
                if &atom.name == b"stsd" {
                    // Version, count, then the first description: its size, name and, for films, width and height.
                    let first = walker.content::<44>(atom)?;
                    track.codec = codec(&first[12..16]);
                    *coded = (u16_at(&first, 40), u16_at(&first, 42));
                }
                Ok(())
            }),
            _ => Ok(()),
        }),
        _ => Ok(()),
    })
}

impl<R: Read + Seek> Walker<'_, R> {
    /// Calls `visit` with each box in `range`. They must fill it exactly.
    pub fn each(
        &mut self,
        range: Range<u64>,
        mut visit: impl FnMut(&mut Self, &Atom) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let mut at = range.start;
        while at < range.end {
            // QuickTime ends some lists with four zero bytes.
            if range.end - at < 8 {
                return Ok(());
            }
            let atom = self.atom(at, range.end)?;
            at = atom.whole.end;
            visit(self, &atom)?;
        }
        Ok(())
    }

    /// The first `N` bytes of a box; zeros where it is shorter.
    pub fn content<const N: usize>(&mut self, atom: &Atom) -> Result<[u8; N], Broken> {
        let length = (atom.content.end - atom.content.start).min(N as u64);
        let mut bytes = [0; N];
        self.reader.seek(SeekFrom::Start(atom.content.start))?;
        let length = usize::try_from(length).map_err(|_| Broken("it has a part of absurd size"))?;
        self.reader.read_exact(&mut bytes[..length])?;
        Ok(bytes)
    }

    fn atom(&mut self, at: u64, limit: u64) -> Result<Atom, Broken> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Err(Broken("it has more parts than any film"));
        }
        let mut header = [0; 8];
        self.reader.seek(SeekFrom::Start(at))?;
        self.reader.read_exact(&mut header)?;
        let name = [header[4], header[5], header[6], header[7]];
        let (size, header) = match u32_at(&header, 0) {
            // To the end of what it lies in.
            0 => (limit - at, 8),
            1 => {
                let mut large = [0; 8];
                self.reader.read_exact(&mut large)?;
                (u64::from_be_bytes(large), 16)
            }
            size => (u64::from(size), 8),
        };
        let end = at
            .checked_add(size)
            .ok_or(Broken("it has a part of absurd size"))?;
        if size < header {
            return Err(Broken("its parts do not fit together"));
        }
        if end > limit {
            return Err(Broken("it ends too early"));
        }
        Ok(Atom {
            name,
            whole: at..end,
            content: at + header..end,
        })
    }
}

/// Of the movie's header, in milliseconds. Unknown is written as nothing or as all ones.
fn duration(header: &[u8; 32]) -> Option<u64> {
    let (timescale, duration, unknown) = match header[0] {
        1 => (u32_at(header, 20), u64_at(header, 24), u64::MAX),
        _ => (
            u32_at(header, 12),
            u64::from(u32_at(header, 16)),
            u64::from(u32::MAX),
        ),
    };
    let known = timescale > 0 && duration > 0 && duration != unknown;
    known.then(|| millis(duration, timescale))
}

pub(super) fn millis(duration: u64, timescale: u32) -> u64 {
    let millis = u128::from(duration) * 1000 / u128::from(timescale.max(1));
    // The database counts in signed numbers.
    u64::try_from(millis)
        .unwrap_or(u64::MAX)
        .min(i64::MAX as u64)
}

/// Width and height after the matrix that may turn the film by a quarter. Both are numbers with a fraction of 16 bits.
fn shown_size(matrix_and_size: &[u8]) -> (u32, u32) {
    let matrix = |index: usize| u32_at(matrix_and_size, index * 4);
    let (width, height) = (matrix(9) >> 16, matrix(10) >> 16);
    let turned = matrix(0) == 0 && matrix(4) == 0 && matrix(1) != 0 && matrix(3) != 0;
    if turned {
        (height, width)
    } else {
        (width, height)
    }
}

fn codec(name: &[u8]) -> Option<String> {
    Some(match name {
        b"avc1" | b"avc2" | b"avc3" | b"avc4" => "h264".to_owned(),
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => "h265".to_owned(),
        b"av01" => "av1".to_owned(),
        b"vp08" => "vp8".to_owned(),
        b"vp09" => "vp9".to_owned(),
        b"mp4v" => "mpeg4".to_owned(),
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "prores".to_owned(),
        other if other.iter().all(u8::is_ascii_alphanumeric) => {
            String::from_utf8_lossy(other).into_owned()
        }
        _ => return None,
    })
}

fn u16_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) << 32 | u64::from(u32_at(bytes, at + 4))
}
