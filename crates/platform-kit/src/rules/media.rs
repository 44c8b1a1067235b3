//! What rules say about pictures and videos.

use fanfare_domain::ErrorCode;

use super::amounts::{counted, durations, number, pixels, ratios, sizes};
use super::wording::media_words;
use super::{Finding, Fix, count};
use crate::content::{MediaFacts, MediaKind};
use crate::manifest::{ImageRule, MediaRule, TextCount, VideoRule};

pub(super) fn check(rule: &MediaRule, media: &[MediaFacts]) -> Vec<Finding> {
    let mut findings = whole(rule, media);
    for (index, facts) in media.iter().enumerate() {
        findings.extend(one(rule, facts).into_iter().map(|(code, detail)| {
            Finding::error(code, format!("media.{index}"), detail).mended_by(fix(rule, facts, code))
        }));
        findings.extend(alt(rule, facts, format!("media.{index}.alt")));
    }
    findings
}

/// What concerns all of them together.
fn whole(rule: &MediaRule, media: &[MediaFacts]) -> Vec<Finding> {
    let error = |code, detail: String| vec![Finding::error(code, "media", detail)];
    if media.is_empty() {
        let wanted = media_words(rule).filter(|_| rule.required);
        return wanted.map_or_else(Vec::new, |wanted| {
            error(
                ErrorCode::MediaRequired,
                format!("This channel needs {wanted}."),
            )
        });
    }
    if media_words(rule).is_none() {
        let detail = "This channel takes no pictures and no videos.".to_owned();
        return error(ErrorCode::TooManyMedia, detail);
    }
    let videos = media
        .iter()
        .filter(|facts| facts.kind == MediaKind::Video)
        .count();
    let pictures = media.len() - videos;
    if videos > 0 && pictures > 0 && !rule.mixed {
        let detail = "Pictures and videos cannot be in one post here. Keep one kind.".to_owned();
        return error(ErrorCode::MediaMixNotAllowed, detail);
    }
    let limits = [
        (
            pictures,
            rule.image.as_ref().map(|image| image.max_items),
            ("picture", "pictures"),
        ),
        (
            videos,
            rule.video.as_ref().map(|video| video.max_items),
            ("video", "videos"),
        ),
        (media.len(), Some(rule.max_items), ("file", "files")),
    ];
    let over = limits.into_iter().find_map(|(found, limit, words)| {
        Some((found as u64, limit?, words)).filter(|(found, limit, _)| *found > u64::from(*limit))
    });
    over.map_or_else(Vec::new, |(found, limit, (one, many))| {
        let found = counted(found, one, many);
        error(
            ErrorCode::TooManyMedia,
            format!("{found}; this channel takes at most {limit} in one post."),
        )
    })
}

type Fault = (ErrorCode, String);

fn one(rule: &MediaRule, facts: &MediaFacts) -> Vec<Fault> {
    match facts.kind {
        MediaKind::Image | MediaKind::Gif => picture(rule.image.as_ref(), facts),
        MediaKind::Video => video(rule.video.as_ref(), facts),
    }
}

/// What mends a still picture. A moving one would stop moving, and a video takes more than this.
fn fix(rule: &MediaRule, facts: &MediaFacts, code: ErrorCode) -> Option<Fix> {
    let rule = rule
        .image
        .as_ref()
        .filter(|_| facts.kind == MediaKind::Image)?;
    match code {
        ErrorCode::MediaShapeNotAllowed => Some(Fix::Crop {
            media_id: facts.id.clone(),
            min_ratio: rule.min_ratio,
            max_ratio: rule.max_ratio,
        }),
        ErrorCode::MediaTypeNotAllowed => convert(rule, facts),
        // By its bytes; nothing but another size mends too many pixels.
        ErrorCode::MediaTooLarge if rule.max_bytes.is_some_and(|most| facts.bytes > most) => {
            convert(rule, facts)
        }
        _ => None,
    }
}

/// What pictures are written as anew, the one that makes the smallest files first.
const WRITTEN: [&str; 2] = ["image/jpeg", "image/png"];

fn convert(rule: &ImageRule, facts: &MediaFacts) -> Option<Fix> {
    let mime = WRITTEN.iter().find(|mime| rule.mimes.contains(mime))?;
    Some(Fix::Convert {
        media_id: facts.id.clone(),
        mime: (*mime).to_owned(),
        max_bytes: rule.max_bytes,
    })
}

fn picture(rule: Option<&ImageRule>, facts: &MediaFacts) -> Vec<Fault> {
    let Some(rule) = rule else {
        return vec![(
            ErrorCode::MediaTypeNotAllowed,
            "This channel takes no pictures.".to_owned(),
        )];
    };
    [
        wrong_type(&rule.mimes, facts),
        too_large(rule.max_bytes, facts),
        too_many_pixels(rule.max_pixels, facts),
        too_narrow(rule.min_width, facts),
        wrong_shape(rule.min_ratio, rule.max_ratio, facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn video(rule: Option<&VideoRule>, facts: &MediaFacts) -> Vec<Fault> {
    let Some(rule) = rule else {
        return vec![(
            ErrorCode::MediaTypeNotAllowed,
            "This channel takes no videos.".to_owned(),
        )];
    };
    [
        wrong_type(&rule.mimes, facts),
        too_large(rule.max_bytes, facts),
        wrong_length(rule, facts),
        wrong_shape(rule.min_ratio, rule.max_ratio, facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn wrong_type(mimes: &[&'static str], facts: &MediaFacts) -> Option<Fault> {
    if mimes.contains(&facts.mime.as_str()) {
        return None;
    }
    let names: Vec<_> = mimes.iter().map(|mime| type_name(mime)).collect();
    let taken = match names.split_last() {
        None => "no such files".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    };
    let detail = format!(
        "It is a {} file; this channel takes {taken}.",
        type_name(&facts.mime)
    );
    Some((ErrorCode::MediaTypeNotAllowed, detail))
}

fn type_name(mime: &str) -> &str {
    match mime {
        "image/jpeg" => "JPEG",
        "image/png" => "PNG",
        "image/gif" => "GIF",
        "image/webp" => "WebP",
        "image/avif" => "AVIF",
        "image/heic" | "image/heif" => "HEIC",
        "video/mp4" => "MP4",
        "video/quicktime" => "MOV",
        "video/webm" => "WebM",
        other => other,
    }
}

fn too_large(limit: Option<u64>, facts: &MediaFacts) -> Option<Fault> {
    let limit = limit.filter(|limit| facts.bytes > *limit)?;
    let (is, most) = sizes(facts.bytes, limit);
    Some((
        ErrorCode::MediaTooLarge,
        format!("It has {is}; this channel takes at most {most}."),
    ))
}

fn too_many_pixels(limit: Option<u64>, facts: &MediaFacts) -> Option<Fault> {
    let area = u64::from(facts.width) * u64::from(facts.height);
    let limit = limit.filter(|limit| area > *limit)?;
    let (is, most) = pixels(area, limit);
    Some((
        ErrorCode::MediaTooLarge,
        format!("It has {is}; this channel takes at most {most}."),
    ))
}

fn too_narrow(limit: Option<u32>, facts: &MediaFacts) -> Option<Fault> {
    let limit = limit.filter(|limit| facts.width > 0 && facts.width < *limit)?;
    let detail = format!(
        "It is {} wide; this channel needs at least {}.",
        counted(facts.width.into(), "pixel", "pixels"),
        number(limit.into()),
    );
    Some((ErrorCode::MediaTooSmall, detail))
}

fn wrong_shape(least: Option<f64>, most: Option<f64>, facts: &MediaFacts) -> Option<Fault> {
    if facts.width == 0 || facts.height == 0 {
        return None;
    }
    let ratio = f64::from(facts.width) / f64::from(facts.height);
    let (bound, limit) = match (least, most) {
        (_, Some(most)) if ratio > most => ("at most", most),
        (Some(least), _) if ratio < least => ("at least", least),
        _ => return None,
    };
    let (is, limit) = ratios(ratio, limit);
    let detail =
        format!("It is {is}; this channel takes {bound} {limit} (width to height). Crop it.");
    Some((ErrorCode::MediaShapeNotAllowed, detail))
}

fn wrong_length(rule: &VideoRule, facts: &MediaFacts) -> Option<Fault> {
    let millis = facts.duration_millis?;
    let (code, bound, limit) = match (rule.min_millis, rule.max_millis) {
        (_, Some(most)) if millis > most => (ErrorCode::VideoTooLong, "at most", most),
        (Some(least), _) if millis < least => (ErrorCode::VideoTooShort, "at least", least),
        _ => return None,
    };
    let (is, limit) = durations(millis, limit);
    Some((
        code,
        format!("It lasts {is}; this channel takes {bound} {limit}."),
    ))
}

fn alt(rule: &MediaRule, facts: &MediaFacts, field: String) -> Option<Finding> {
    if facts.alt.trim().is_empty() {
        let detail = "Describe the picture for people who cannot see it.";
        return (facts.kind != MediaKind::Video)
            .then(|| Finding::warning(ErrorCode::AltTextMissing, field, detail));
    }
    let limit = rule.alt_max?;
    let over = count(&facts.alt, &TextCount::Graphemes)
        .checked_sub(limit)
        .filter(|over| *over > 0)?;
    let detail = format!(
        "The alternative text is {} over the limit of {}.",
        counted(over.into(), "character", "characters"),
        number(limit.into()),
    );
    Some(Finding::error(ErrorCode::AltTextTooLong, field, detail))
}
