//! The little of the MP4 and QuickTime format that tells how long and how large a video is.

/// What could be read; zeros and nothing where the file does not say.
#[derive(Debug, Default, PartialEq)]
pub struct Film {
    pub width: u32,
    pub height: u32,
    pub seconds: Option<f64>,
}

pub fn read(bytes: &[u8]) -> Film {
    let mut film = Film::default();
    let Some(movie) = boxes(bytes)
        .find(|(name, _)| name == b"moov")
        .map(|(_, body)| body)
    else {
        return film;
    };
    for (name, body) in boxes(movie) {
        match &name {
            b"mvhd" => film.seconds = duration(body),
            b"trak" => film.see_track(body),
            _ => {}
        }
    }
    film
}

impl Film {
    fn see_track(&mut self, track: &[u8]) {
        let Some(head) = boxes(track)
            .find(|(name, _)| name == b"tkhd")
            .map(|(_, body)| body)
        else {
            return;
        };
        let at = if head.first() == Some(&1) { 88 } else { 76 };
        // Sizes are 16.16 fixed point; sound tracks say zero.
        let (width, height) = (number(head, at) >> 16, number(head, at + 4) >> 16);
        if width > 0 && height > 0 {
            (self.width, self.height) = (width, height);
        }
    }
}

fn duration(head: &[u8]) -> Option<f64> {
    let (scale, length) = if *head.first()? == 1 {
        (
            number(head, 20),
            u64::from(number(head, 24)) << 32 | u64::from(number(head, 28)),
        )
    } else {
        (number(head, 12), u64::from(number(head, 16)))
    };
    (scale > 0).then(|| length as f64 / f64::from(scale))
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_be_bytes)
}

/// The boxes that lie side by side in `bytes`, until one does not add up.
fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let name: [u8; 4] = bytes.get(4..8)?.try_into().ok()?;
        let (head, size) = match number(bytes, 0) {
            0 => (8, bytes.len()),
            1 => (
                16,
                (u64::from(number(bytes, 8)) << 32 | u64::from(number(bytes, 12))) as usize,
            ),
            size => (8, size as usize),
        };
        let body = bytes.get(head..size)?;
        bytes = &bytes[size..];
        Some((name, body))
    })
}

#[cfg(test)]
mod tests {
    use super::{Film, read};

    fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
        let size = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
        [&size, name, body].concat()
    }

    #[test]
    fn reads_length_and_size() {
        let mut movie_head = vec![0; 100];
        movie_head[12..16].copy_from_slice(&1000_u32.to_be_bytes());
        movie_head[16..20].copy_from_slice(&12_500_u32.to_be_bytes());
        let mut track_head = vec![0; 84];
        track_head[76..80].copy_from_slice(&(1080_u32 << 16).to_be_bytes());
        track_head[80..84].copy_from_slice(&(1920_u32 << 16).to_be_bytes());
        let track = boxed(b"trak", &boxed(b"tkhd", &track_head));
        let movie = boxed(b"moov", &[boxed(b"mvhd", &movie_head), track].concat());
        let file = [boxed(b"ftyp", b"isom\0\0\0\0"), movie].concat();
        assert_eq!(
            read(&file),
            Film {
                width: 1080,
                height: 1920,
                seconds: Some(12.5)
            }
        );
    }

    #[test]
    fn nonsense_reads_as_nothing() {
        assert_eq!(read(b""), Film::default());
        assert_eq!(read(&[0xff; 64]), Film::default());
        assert_eq!(
            read(&boxed(b"moov", &boxed(b"mvhd", &[0; 3]))),
            Film::default()
        );
    }
}
