//! Reads what a video says of itself, without decoding it: how large, how long, which codec.
//!
//! Its notes, which may say where it was filmed, are blanked in place, so that nothing in the file moves. Tracks of measurements
//! that some cameras film along are part of the film and stay.

mod mp4;
mod mp4_fragments;
mod webm;

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use fanfare_domain::ErrorCode;

use super::file_type::FileType;
use super::picture::unreadable;
use crate::error::{AppError, RefusalKind};

/// What a video says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Video {
    pub width: u32,
    pub height: u32,
    /// Absent when it does not say.
    pub duration_millis: Option<u64>,
    pub codec: Option<String>,
}

/// A container taken apart: its film, if it has one, and where its notes are.
#[derive(Debug, Default)]
struct Container {
    video: Option<Video>,
    notes: Vec<Range<u64>>,
}

/// Why a container cannot be read.
#[derive(Debug, PartialEq, Eq)]
struct Broken(&'static str);

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Self("it ends too early")
    }
}

/// More parts than any real film has; a file with more is made to keep us busy.
const MOST_PARTS: u32 = 5_000_000;
const LONGEST_SIDE: u32 = 16_384;

/// Reads the video at `path` and blanks its notes there.
///
/// # Errors
/// `unreadable_file` when it is damaged, `unsupported_file` when it shows nothing, `picture_too_large`.
pub(super) fn read(path: &Path, file_type: FileType) -> Result<Video, AppError> {
    let file = File::open(path).map_err(anyhow::Error::from)?;
    let container =
        take_apart(&mut BufReader::new(file), file_type).map_err(|Broken(why)| unreadable(why))?;
    let video = container.video.ok_or_else(no_film)?;
    if video.width == 0 || video.height == 0 {
        return Err(unreadable("it does not say how large its picture is"));
    }
    if video.width.max(video.height) > LONGEST_SIDE {
        return Err(too_large(&video));
    }
    blank(path, file_type, &container.notes).map_err(anyhow::Error::from)?;
    Ok(video)
}

fn take_apart<R: Read + Seek>(reader: &mut R, file_type: FileType) -> Result<Container, Broken> {
    match file_type {
        FileType::WebM => webm::take_apart(reader),
        _ => mp4::take_apart(reader),
    }
}

fn blank(path: &Path, file_type: FileType, notes: &[Range<u64>]) -> io::Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    let mut file = OpenOptions::new().write(true).open(path)?;
    for note in notes {
        let header = match file_type {
            FileType::WebM => webm::filler_header(note),
            _ => mp4::filler_header(note),
        };
        let content = note.end - note.start - header.len() as u64;
        file.seek(SeekFrom::Start(note.start))?;
        file.write_all(&header)?;
        io::copy(&mut io::repeat(0).take(content), &mut file)?;
    }
    Ok(())
}

fn length_of(reader: &mut impl Seek) -> io::Result<u64> {
    let length = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    Ok(length)
}

fn no_film() -> AppError {
    AppError::refused(
        RefusalKind::UnsupportedType,
        ErrorCode::UnsupportedFile,
        format!(
            "There is no film in this file. {}",
            ErrorCode::UnsupportedFile.meaning()
        ),
    )
}

fn too_large(video: &Video) -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::PictureTooLarge,
        format!(
            "The video’s picture is {} × {}. At most {LONGEST_SIDE} pixels on a side are taken; make it smaller \
             and upload it again.",
            video.width, video.height,
        ),
    )
}

#[cfg(test)]
mod tests;
