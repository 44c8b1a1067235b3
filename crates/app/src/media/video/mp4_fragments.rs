//! Films written piece by piece, as browsers record them: how long they are stands in no header and is added up.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};

use super::Broken;
use super::mp4::{Atom, Walker, millis, u32_at, u64_at};

/// How far the pieces of each track reach.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    /// How long a sample is where its piece does not say, by track.
    defaults: BTreeMap<u32, u32>,
    /// Begin of the first piece and end of the last, by track.
    reach: BTreeMap<u32, (u64, u64)>,
}

/// What is written in front of a row of samples.
#[derive(Debug, Default)]
struct Piece {
    track: u32,
    sample_duration: u64,
    begins: Option<u64>,
    lasts: u64,
}

/// More tracks than any film has.
const MOST_TRACKS: usize = 256;

/// Track and default duration of a `trex` box.
pub(super) fn defaults(content: &[u8; 16]) -> (u32, u32) {
    (u32_at(content, 4), u32_at(content, 12))
}

impl Fragments {
    pub fn set_default(&mut self, track: u32, duration: u32) {
        if self.defaults.len() < MOST_TRACKS {
            self.defaults.insert(track, duration);
        }
    }

    /// Adds a `moof` box.
    pub fn read<R: Read + Seek>(
        &mut self,
        walker: &mut Walker<'_, R>,
        fragment: &Atom,
    ) -> Result<(), Broken> {
        walker.each(fragment.content.clone(), |walker, atom| {
            if &atom.name == b"traf" {
                let piece = self.read_piece(walker, atom)?;
                self.add(&piece);
            }
            Ok(())
        })
    }

    /// From the begin of the track's first piece to the end of its last; absent when it has none.
    pub fn millis(&self, track: u32, timescale: u32) -> Option<u64> {
        let (begin, end) = self.reach.get(&track)?;
        let duration = end.saturating_sub(*begin);
        (timescale > 0 && duration > 0).then(|| millis(duration, timescale))
    }

    fn read_piece<R: Read + Seek>(
        &self,
        walker: &mut Walker<'_, R>,
        traf: &Atom,
    ) -> Result<Piece, Broken> {
        let mut piece = Piece::default();
        walker.each(traf.content.clone(), |walker, atom| match &atom.name {
            b"tfhd" => {
                let header = walker.content::<24>(atom)?;
                piece.track = u32_at(&header, 4);
                piece.sample_duration = u64::from(self.sample_duration(&header, piece.track));
                Ok(())
            }
            b"tfdt" => {
                let header = walker.content::<12>(atom)?;
                let begins = if header[0] == 1 {
                    u64_at(&header, 4)
                } else {
                    u64::from(u32_at(&header, 4))
                };
                piece.begins = Some(begins);
                Ok(())
            }
            b"trun" => {
                let run = run_duration(walker, atom, piece.sample_duration)?;
                piece.lasts = piece.lasts.saturating_add(run);
                Ok(())
            }
            _ => Ok(()),
        })?;
        Ok(piece)
    }

    fn sample_duration(&self, tfhd: &[u8; 24], track: u32) -> u32 {
        let flags = u32_at(tfhd, 0);
        let default = self.defaults.get(&track).copied().unwrap_or(0);
        let offset =
            8 + if flags & 0x1 != 0 { 8 } else { 0 } + if flags & 0x2 != 0 { 4 } else { 0 };
        if flags & 0x8 != 0 {
            u32_at(tfhd, offset)
        } else {
            default
        }
    }

    fn add(&mut self, piece: &Piece) {
        if self.reach.len() >= MOST_TRACKS && !self.reach.contains_key(&piece.track) {
            return;
        }
        let reach = self.reach.entry(piece.track);
        let first = piece.begins.unwrap_or(0);
        let (_, end) = reach.or_insert((first, first));
        let begins = piece.begins.unwrap_or(*end);
        *end = (*end).max(begins.saturating_add(piece.lasts));
    }
}

/// How long the samples of a `trun` box are together.
fn run_duration<R: Read + Seek>(
    walker: &mut Walker<'_, R>,
    run: &Atom,
    default: u64,
) -> Result<u64, Broken> {
    let header = walker.content::<8>(run)?;
    let (flags, count) = (u32_at(&header, 0), u64::from(u32_at(&header, 4)));
    if flags & 0x100 == 0 {
        return Ok(default.saturating_mul(count));
    }
    let fields = (flags & 0xF00).count_ones();
    let ahead = 8 + 4 * u64::from((flags & 0x5).count_ones());
    let size = u64::from(fields) * 4;
    let room = (run.content.end - run.content.start).saturating_sub(ahead);
    if count.saturating_mul(size) > room {
        return Err(Broken("its parts do not fit together"));
    }
    walker
        .reader
        .seek(SeekFrom::Start(run.content.start + ahead))?;
    let mut total: u64 = 0;
    let mut sample = [0; 16];
    for _ in 0..count {
        let sample = &mut sample[..fields as usize * 4];
        walker.reader.read_exact(sample)?;
        total = total.saturating_add(u64::from(u32_at(sample, 0)));
    }
    Ok(total)
}
