//! What lies in the pretend drive: a bakery's pictures, painted when they are first looked at, and one short film.

use std::io::Cursor;
use std::sync::OnceLock;

use bytes::Bytes;
use image::ImageFormat;
use md5::{Digest, Md5};

use crate::scene::{PAINTS, Scene, paint};

pub const FOLDER: &str = "application/vnd.google-apps.folder";
pub const SHORTCUT: &str = "application/vnd.google-apps.shortcut";
const DOCUMENT: &str = "application/vnd.google-apps.document";

/// The account's own top.
pub const TOP: &str = "0AFh3kQ7mVbWzUk9PVA";
const AUTUMN: &str = "16OMByxuHdtM_Y9iuFPd011rVLqcY2DSX";
const VIDEOS: &str = "1wwhncci8vaHYdKJLMuOAyAlzvpVFcNab";
const OLD: &str = "1w1z9GvpGz36HE38XHz_Hmh0Qp-FELS3N";
const LOGO: &str = "1DIals-sTKtze5zBJ4U_JqIWIHI7-z7_M";

/// Of every picture, in pixels.
pub const PICTURE_SIZE: (u32, u32) = (480, 360);
/// Each pixel is the mean of so many by so many points.
const POINTS: u32 = 2;
/// Two and a half seconds, recorded by a browser.
const FILM: &[u8] = include_bytes!("kneading.mp4");

/// A file or folder.
pub struct Entry {
    pub id: &'static str,
    pub name: &'static str,
    pub parent: &'static str,
    pub modified_at: &'static str,
    what: What,
    content: OnceLock<Content>,
}

/// The bytes of a file, and their checksum.
pub struct Content {
    pub bytes: Bytes,
    pub md5: String,
}

#[derive(Clone, Copy)]
enum What {
    Folder,
    /// A scene, and the place of its colours.
    Picture(Scene, usize),
    Film,
    /// A document of Google's own kind, which has no bytes.
    Document,
    /// By the target's id.
    Shortcut(&'static str),
}

pub static ENTRIES: [Entry; 18] = [
    entry(
        AUTUMN,
        "Autumn pictures",
        TOP,
        "2026-10-30T16:02:44.000Z",
        What::Folder,
    ),
    entry(
        VIDEOS,
        "Videos",
        TOP,
        "2026-09-11T08:15:20.000Z",
        What::Folder,
    ),
    entry(OLD, "Old", TOP, "2024-01-07T19:30:02.000Z", What::Folder),
    entry(
        LOGO,
        "Logo.png",
        TOP,
        "2025-03-18T10:00:00.000Z",
        What::Picture(Scene::Loaf, 0),
    ),
    entry(
        "1wTbRe3c4QqlaaiJD24dil0oUhsNY0dRn",
        "Opening hours.png",
        TOP,
        "2026-08-31T17:45:12.000Z",
        What::Picture(Scene::Hills, 4),
    ),
    entry(
        "1XnMja4LUsA8aijOXoQiokZ_90iSt-UPe",
        "Price list",
        TOP,
        "2026-10-01T06:20:33.000Z",
        What::Document,
    ),
    entry(
        "1HB5D8ThoByVjmR44NqH9pPUaAjTYe_2s",
        "Rye loaf.jpg",
        AUTUMN,
        "2026-10-02T05:41:09.000Z",
        What::Picture(Scene::Loaf, 3),
    ),
    entry(
        "1_0lAx1TgtvdZHAd0KYXSPhdN_kA7_wXy",
        "Pumpkin buns 2.jpg",
        AUTUMN,
        "2026-10-09T05:58:40.000Z",
        What::Picture(Scene::Loaf, 5),
    ),
    entry(
        "1MHgaL9za2pt38ZeTog6ozR9CaRcBm2Ic",
        "Pumpkin buns 10.jpg",
        AUTUMN,
        "2026-10-09T06:01:17.000Z",
        What::Picture(Scene::Loaf, 1),
    ),
    entry(
        "1_sCt8NOPeEL62exO0FI-P3SVCrrHpVl-",
        "Harbour at seven.jpg",
        AUTUMN,
        "2026-10-12T07:00:51.000Z",
        What::Picture(Scene::Boat, 1),
    ),
    entry(
        "1iiGme_mOkml-OzxUNrUBYNMVfJnHuGwX",
        "Ferry landing.jpg",
        AUTUMN,
        "2026-10-12T07:22:05.000Z",
        What::Picture(Scene::Boat, 5),
    ),
    entry(
        "1MVULOoOWAsLoa31VEp8JXwV8H2vOQnvh",
        "First frost.jpg",
        AUTUMN,
        "2026-10-28T06:48:26.000Z",
        What::Picture(Scene::Hills, 1),
    ),
    entry(
        "1GXnzruwzf0x9ZX20ZSHff7__zq5Q_gUz",
        "Apple tart.jpg",
        AUTUMN,
        "2026-10-29T11:36:58.000Z",
        What::Picture(Scene::Loaf, 2),
    ),
    entry(
        "1y23FeWazDr5I097jbSFep7A5aSb9EyhC",
        "Ann's birthday loaf.jpg",
        AUTUMN,
        "2026-10-30T16:02:44.000Z",
        What::Picture(Scene::Loaf, 4),
    ),
    entry(
        "1hAQ9-zKmStnf1T3AGMY0Sx2KyTyGmSvF",
        "Our logo",
        AUTUMN,
        "2026-10-30T16:02:01.000Z",
        What::Shortcut(LOGO),
    ),
    entry(
        "11sxQtN1CjF8S69p1NQjRH86z1JGeccXT",
        "Kneading.mp4",
        VIDEOS,
        "2026-09-11T08:15:20.000Z",
        What::Film,
    ),
    entry(
        "1C_1Um-yV-lkiR_UL3C_KerqclPEx54E8",
        "Market stall 2019.jpg",
        OLD,
        "2019-12-07T14:10:37.000Z",
        What::Picture(Scene::Hills, 0),
    ),
    entry(
        "1EwUt9iBvOHr2JeKXvuPd6-pbS_laYefR",
        "The old counter.jpg",
        OLD,
        "2018-05-23T09:55:13.000Z",
        What::Picture(Scene::Boat, 2),
    ),
];

const fn entry(
    id: &'static str,
    name: &'static str,
    parent: &'static str,
    modified_at: &'static str,
    what: What,
) -> Entry {
    Entry {
        id,
        name,
        parent,
        modified_at,
        what,
        content: OnceLock::new(),
    }
}

pub fn find(id: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.id == id)
}

impl Entry {
    pub fn is_folder(&self) -> bool {
        matches!(self.what, What::Folder)
    }

    pub fn mime(&self) -> &'static str {
        match self.what {
            What::Folder => FOLDER,
            What::Picture(..) if self.is_png() => "image/png",
            What::Picture(..) => "image/jpeg",
            What::Film => "video/mp4",
            What::Document => DOCUMENT,
            What::Shortcut(_) => SHORTCUT,
        }
    }

    /// What a shortcut leads to.
    pub fn target(&self) -> Option<&'static Self> {
        match self.what {
            What::Shortcut(id) => find(id),
            _ => None,
        }
    }

    /// Nothing where there are no bytes to download.
    pub fn content(&'static self) -> Option<&'static Content> {
        let make = || match self.what {
            What::Picture(scene, paints) => Content::of(self.painted(scene, paints)),
            _ => Content::of(Bytes::from_static(FILM)),
        };
        let has_bytes = matches!(self.what, What::Picture(..) | What::Film);
        has_bytes.then(|| self.content.get_or_init(make))
    }

    fn painted(&self, scene: Scene, paints: usize) -> Bytes {
        let format = if self.is_png() {
            ImageFormat::Png
        } else {
            ImageFormat::Jpeg
        };
        let mut bytes = Cursor::new(Vec::new());
        paint(scene, &PAINTS[paints], PICTURE_SIZE, POINTS)
            .write_to(&mut bytes, format)
            .expect("a small picture is encoded");
        bytes.into_inner().into()
    }

    fn is_png(&self) -> bool {
        self.name.ends_with(".png")
    }
}

impl Content {
    fn of(bytes: Bytes) -> Self {
        let md5 = hex::encode(Md5::digest(&bytes));
        Self { bytes, md5 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::examine;

    #[test]
    fn everything_is_what_it_says_and_lies_somewhere() {
        for entry in &ENTRIES {
            let parent = find(entry.parent);
            assert!(entry.parent == TOP || parent.is_some_and(Entry::is_folder));
            if let Some(content) = entry.content() {
                let facts = examine(&content.bytes).unwrap();
                assert_eq!(facts.mime, entry.mime(), "{}", entry.name);
            }
            let same = ENTRIES.iter().filter(|other| other.id == entry.id);
            assert_eq!(same.count(), 1, "{}", entry.name);
        }
        let pictures = ENTRIES.iter().filter_map(Entry::content);
        let mut sums: Vec<_> = pictures.map(|content| &content.md5).collect();
        sums.sort();
        sums.dedup();
        assert_eq!(sums.len(), 13, "no two look alike");
    }
}
