//! WebM: elements in elements, each with an id, a size and a content.
//!
//! Ids are different wherever they stand, so the file is walked without keeping count of depth: into the elements that hold others
//! of interest, over all the rest.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use super::{Broken, Container, MOST_PARTS, Video, length_of};

const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const TIMESTAMP_SCALE: u32 = 0x2A_D7B1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const TRACK_TYPE: u32 = 0x83;
const CODEC: u32 = 0x86;
const VIDEO: u32 = 0xE0;
const WIDTH: u32 = 0xB0;
const HEIGHT: u32 = 0xBA;
const CLUSTER: u32 = 0x1F43_B675;
const CLUSTER_TIMESTAMP: u32 = 0xE7;
const BLOCK_GROUP: u32 = 0xA0;
const BLOCK: u32 = 0xA1;
const SIMPLE_BLOCK: u32 = 0xA3;
const TAGS: u32 = 0x1254_C367;
const ATTACHMENTS: u32 = 0x1941_A469;
const TYPE_VIDEO: u64 = 1;
const TYPE_NONE: u64 = 0;

struct Element {
    id: u32,
    start: u64,
    content: u64,
    /// Absent when it lasts until something follows that cannot be in it.
    end: Option<u64>,
}

#[derive(Default)]
struct Track {
    kind: u64,
    codec: Option<String>,
    width: u32,
    height: u32,
}

struct Walk<'a, R> {
    reader: &'a mut R,
    length: u64,
    is_webm: bool,
    has_segment: bool,
    /// Nanoseconds of one tick.
    scale: u64,
    /// In ticks, where the header knows.
    duration: Option<f64>,
    cluster: u64,
    last_block: Option<u64>,
    tracks: Vec<Track>,
    notes: Vec<Range<u64>>,
}

/// More tracks than any film has.
const MOST_TRACKS: usize = 256;

pub(super) fn take_apart<R: Read + Seek>(reader: &mut R) -> Result<Container, Broken> {
    let length = length_of(reader)?;
    let mut walk = Walk {
        reader,
        length,
        is_webm: false,
        has_segment: false,
        scale: 1_000_000,
        duration: None,
        cluster: 0,
        last_block: None,
        tracks: Vec::new(),
        notes: Vec::new(),
    };
    let mut at = 0;
    for _ in 0..MOST_PARTS {
        if at == length {
            return walk.result();
        }
        let element = walk.element(at)?;
        at = walk.visit(&element)?;
    }
    Err(Broken("it has more parts than any film"))
}

/// An element that players skip, of the same size as the one it replaces: an id of one byte, a size of eight.
pub(super) fn filler_header(note: &Range<u64>) -> Vec<u8> {
    const VOID: u8 = 0xEC;
    const SIZE_OF_EIGHT_BYTES: u64 = 1 << 56;
    let content = note.end - note.start - 9;
    [
        &[VOID],
        (SIZE_OF_EIGHT_BYTES | content).to_be_bytes().as_slice(),
    ]
    .concat()
}

impl<R: Read + Seek> Walk<'_, R> {
    fn result(self) -> Result<Container, Broken> {
        if !self.is_webm || !self.has_segment {
            return Err(Broken("it is not put together as a WebM file is"));
        }
        let ticks = self.duration.or(self.last_block.map(|last| last as f64));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be in range"
        )]
        let duration_millis = ticks
            .map(|ticks| ticks * self.scale as f64 / 1e6)
            .filter(|millis| *millis >= 1.0 && *millis < 1e15)
            .map(|millis| millis.round() as u64);
        let film = self
            .tracks
            .into_iter()
            .find(|track| track.kind == TYPE_VIDEO);
        let video = film.map(|track| Video {
            width: track.width,
            height: track.height,
            duration_millis,
            codec: track.codec,
        });
        Ok(Container {
            video,
            notes: self.notes,
        })
    }

    /// Takes in an element and answers where the next one begins.
    fn visit(&mut self, element: &Element) -> Result<u64, Broken> {
        match element.id {
            EBML | INFO | TRACKS | VIDEO | BLOCK_GROUP => return Ok(element.content),
            SEGMENT => {
                self.has_segment = true;
                return Ok(element.content);
            }
            // Clusters hold the film. They are walked only when the header does not say how long it is.
            CLUSTER if self.duration.is_none() || element.end.is_none() => {
                return Ok(element.content);
            }
            TRACK => {
                if self.tracks.len() < MOST_TRACKS {
                    self.tracks.push(Track {
                        kind: TYPE_NONE,
                        ..Track::default()
                    });
                }
                return Ok(element.content);
            }
            _ => {}
        }
        let end = element.end.ok_or(Broken("it has a part without an end"))?;
        match element.id {
            DOC_TYPE => self.is_webm = self.text(element)? == "webm",
            TIMESTAMP_SCALE => self.scale = self.number(element)?,
            DURATION => self.duration = Some(self.float(element)?).filter(|ticks| *ticks > 0.0),
            TRACK_TYPE => {
                let kind = self.number(element)?;
                self.track().kind = kind;
            }
            CODEC => {
                let codec = codec(&self.text(element)?);
                self.track().codec = codec;
            }
            WIDTH => {
                let width = self.number(element)?;
                self.track().width = u32::try_from(width).unwrap_or(u32::MAX);
            }
            HEIGHT => {
                let height = self.number(element)?;
                self.track().height = u32::try_from(height).unwrap_or(u32::MAX);
            }
            CLUSTER_TIMESTAMP => self.cluster = self.number(element)?,
            BLOCK | SIMPLE_BLOCK => self.block(element)?,
            // Shorter than the filler it holds nothing.
            TAGS | ATTACHMENTS if end - element.start >= 9 => self.notes.push(element.start..end),
            _ => {}
        }
        Ok(end)
    }

    /// The one being described. What stands outside any track describes a track that nobody looks at.
    fn track(&mut self) -> &mut Track {
        if self.tracks.is_empty() {
            self.tracks.push(Track::default());
        }
        self.tracks.last_mut().expect("one was pushed")
    }

    /// A block begins with the number of its track and its time after the cluster's.
    fn block(&mut self, element: &Element) -> Result<(), Broken> {
        self.reader.seek(SeekFrom::Start(element.content))?;
        self.variable(8, true)?;
        let mut time = [0; 2];
        self.reader.read_exact(&mut time)?;
        let time = self
            .cluster
            .saturating_add_signed(i64::from(i16::from_be_bytes(time)));
        self.last_block = Some(self.last_block.map_or(time, |last| last.max(time)));
        Ok(())
    }

    fn element(&mut self, at: u64) -> Result<Element, Broken> {
        self.reader.seek(SeekFrom::Start(at))?;
        let (id, id_length) = self.variable(4, false)?;
        let (size, size_length) = self.variable(8, true)?;
        let content = at + id_length + size_length;
        let unknown = size == (1 << (7 * size_length)) - 1;
        let end = if unknown {
            None
        } else {
            Some(
                content
                    .checked_add(size)
                    .ok_or(Broken("it has a part of absurd size"))?,
            )
        };
        if end.unwrap_or(content) > self.length {
            return Err(Broken("it ends too early"));
        }
        let id = u32::try_from(id).map_err(|_| Broken("its parts do not fit together"))?;
        Ok(Element {
            id,
            start: at,
            content,
            end,
        })
    }

    /// A number whose first bits say how many bytes it has, and how many those are. `strip` takes the mark off.
    fn variable(&mut self, longest: u64, strip: bool) -> Result<(u64, u64), Broken> {
        let mut first = [0];
        self.reader.read_exact(&mut first)?;
        let length = u64::from(first[0].leading_zeros()) + 1;
        if length > longest {
            return Err(Broken("its parts do not fit together"));
        }
        let mut value = u64::from(first[0]);
        if strip {
            value &= (1 << (8 - length)) - 1;
        }
        for _ in 1..length {
            let mut next = [0];
            self.reader.read_exact(&mut next)?;
            value = value << 8 | u64::from(next[0]);
        }
        Ok((value, length))
    }

    /// The element's content, if it is as short as numbers and names are.
    fn content(&mut self, element: &Element) -> Result<Vec<u8>, Broken> {
        const LONGEST: u64 = 64;
        let length = element.end.unwrap_or(element.content) - element.content;
        if length > LONGEST {
            return Err(Broken("its parts do not fit together"));
        }
        let mut content = Vec::new();
        self.reader.seek(SeekFrom::Start(element.content))?;
        self.reader
            .by_ref()
            .take(length)
            .read_to_end(&mut content)?;
        Ok(content)
    }

    fn number(&mut self, element: &Element) -> Result<u64, Broken> {
        let content = self.content(element)?;
        if content.len() > 8 {
            return Err(Broken("its parts do not fit together"));
        }
        Ok(content
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn float(&mut self, element: &Element) -> Result<f64, Broken> {
        let content = self.content(element)?;
        match content.len() {
            4 => Ok(f64::from(f32::from_be_bytes(
                content.try_into().expect("four bytes"),
            ))),
            8 => Ok(f64::from_be_bytes(content.try_into().expect("eight bytes"))),
            _ => Err(Broken("its parts do not fit together")),
        }
    }

    fn text(&mut self, element: &Element) -> Result<String, Broken> {
        let content = self.content(element)?;
        Ok(String::from_utf8_lossy(&content)
            .trim_end_matches('\0')
            .to_owned())
    }
}

fn codec(name: &str) -> Option<String> {
    Some(match name {
        "V_VP8" => "vp8".to_owned(),
        "V_VP9" => "vp9".to_owned(),
        "V_AV1" => "av1".to_owned(),
        "V_MPEG4/ISO/AVC" => "h264".to_owned(),
        other => other.strip_prefix("V_")?.to_lowercase(),
    })
}
