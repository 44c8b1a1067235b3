//! Listing, describing and opening files.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{FileContent, FilePage, FileQuery, Files, RemoteFileKind};
use fanfare_platform_kit::{Advice, PlatformError};
use futures::TryStreamExt;

use super::*;

const KINDS: &str = "trashed = false and (mimeType = 'application/vnd.google-apps.folder' or mimeType contains 'image/' or mimeType contains 'video/' or mimeType = 'application/vnd.google-apps.shortcut')";

async fn list(google: &Scripted, wanted: FileQuery) -> Result<FilePage, PlatformError> {
    GoogleDrive::new()
        .list(&google.ctx, &credentials(None), &wanted)
        .await
}

async fn open(google: &Scripted, id: &str, from: u64) -> Result<(u64, String), PlatformError> {
    let opened = GoogleDrive::new()
        .open(&google.ctx, &credentials(None), id, from)
        .await?;
    let FileContent { from, bytes } = opened;
    let chunks: Vec<_> = bytes.try_collect().await.unwrap();
    Ok((from, String::from_utf8(chunks.concat()).unwrap()))
}

fn empty() -> Reply {
    ok(json!({ "files": [] }))
}

#[tokio::test]
async fn a_folder_is_asked_for_in_drives_own_language() {
    let google = Scripted::start(ID, vec![empty(), empty(), empty(), empty()]).await;
    let of_folder = FileQuery {
        folder: Some("1AbC_d-9".to_owned()),
        cursor: Some("~!!~next".to_owned()),
        limit: 50,
        ..FileQuery::default()
    };
    let searched = FileQuery {
        search: r" Ann's \ cake ".to_owned(),
        folder: Some("1AbC".to_owned()),
        limit: 1_000,
        ..FileQuery::default()
    };
    let sly = FileQuery {
        folder: Some("x' in parents or '1".to_owned()),
        ..FileQuery::default()
    };
    for wanted in [FileQuery::default(), of_folder, searched, sly] {
        list(&google, wanted).await.unwrap();
    }
    let asked = google.asked();
    assert_eq!(asked[0].call, "GET /drive/v3/files");
    assert_eq!(asked[0].token.as_deref(), Some("ya29.old"));
    let queries: Vec<_> = asked.iter().map(|asked| asked.field("q")).collect();
    assert_eq!(
        queries,
        [
            format!("'root' in parents and {KINDS}"),
            format!("'1AbC_d-9' in parents and {KINDS}"),
            format!(r"name contains 'Ann\'s \\ cake' and {KINDS}"),
            format!(r"'x\' in parents or \'1' in parents and {KINDS}"),
        ]
    );
    let sizes: Vec<_> = asked.iter().map(|asked| asked.field("pageSize")).collect();
    assert_eq!(sizes, ["1", "50", "200", "1"]);
    assert_eq!(asked[0].field("pageToken"), "");
    assert_eq!(asked[1].field("pageToken"), "~!!~next");
    for (name, value) in [
        ("orderBy", "folder,name_natural"),
        ("corpora", ""),
        ("includeItemsFromAllDrives", "true"),
        ("supportsAllDrives", "true"),
        (
            "fields",
            "nextPageToken,incompleteSearch,files(id,name,mimeType,size,md5Checksum,modifiedTime,trashed,shortcutDetails(targetId,targetMimeType))",
        ),
    ] {
        assert_eq!(asked[0].field(name), value, "{name}");
    }
    assert_eq!(asked[2].field("corpora"), "allDrives");
}

#[tokio::test]
async fn a_search_says_when_it_did_not_reach_everywhere() {
    let part = ok(json!({ "files": [], "incompleteSearch": true }));
    let google = Scripted::start(ID, vec![part, empty()]).await;
    let searched = FileQuery {
        search: "loaf".to_owned(),
        ..FileQuery::default()
    };
    assert!(list(&google, searched.clone()).await.unwrap().is_incomplete);
    assert!(!list(&google, searched).await.unwrap().is_incomplete);
}

#[tokio::test]
async fn files_are_shown_as_what_they_are_and_shortcuts_as_what_they_lead_to() {
    let shortcut = |id: &str, target: &str, mime: &str| {
        json!({
            "id": id, "name": id, "mimeType": "application/vnd.google-apps.shortcut",
            "shortcutDetails": { "targetId": target, "targetMimeType": mime },
        })
    };
    let files = json!({ "nextPageToken": "more", "files": [
        { "id": "f1", "name": "Autumn", "mimeType": "application/vnd.google-apps.folder", "modifiedTime": "2026-10-04T09:12:31.000Z" },
        { "id": "p1", "name": "Loaf.jpg", "mimeType": "image/jpeg", "size": "120034", "modifiedTime": "2026-10-04T09:12:31.250Z",
          "md5Checksum": "9E107D9D372BB6826BD81D3542A419D6" },
        { "id": "v1", "name": "Kneading.mp4", "mimeType": "video/mp4", "size": 26134, "modifiedTime": "lately" },
        { "id": "d1", "name": "Prices", "mimeType": "application/vnd.google-apps.document" },
        shortcut("s1", "p9", "image/png"),
        shortcut("s2", "f9", "application/vnd.google-apps.folder"),
        shortcut("s3", "d9", "application/vnd.google-apps.document"),
        { "id": "s4", "name": "Nowhere", "mimeType": "application/vnd.google-apps.shortcut", "shortcutDetails": {} },
    ] });
    let google = Scripted::start(ID, vec![ok(files)]).await;
    let page = list(&google, FileQuery::default()).await.unwrap();
    assert_eq!(page.next.as_deref(), Some("more"));
    let shown: Vec<_> = page
        .items
        .iter()
        .map(|file| (file.id.as_str(), file.kind, file.bytes))
        .collect();
    assert_eq!(
        shown,
        [
            ("f1", RemoteFileKind::Folder, None),
            ("p1", RemoteFileKind::Image, Some(120_034)),
            ("v1", RemoteFileKind::Video, Some(26_134)),
            ("p9", RemoteFileKind::Image, None),
            ("f9", RemoteFileKind::Folder, None),
        ]
    );
    let [_, loaf, film, linked, _] = &page.items[..] else {
        panic!("{:?}", page.items)
    };
    assert_eq!(
        loaf.md5.as_deref(),
        Some("9e107d9d372bb6826bd81d3542a419d6")
    );
    assert_eq!(loaf.modified_at, Some(at("2026-10-04T09:12:31.25Z")));
    assert_eq!(film.modified_at, None);
    assert_eq!(
        (linked.name.as_str(), linked.mime.as_str()),
        ("s1", "image/png")
    );
}

#[tokio::test]
async fn one_file_is_described_by_itself_and_a_shortcut_by_its_target() {
    let shortcut = json!({ "id": "s1", "name": "Logo", "mimeType": "application/vnd.google-apps.shortcut",
        "shortcutDetails": { "targetId": "p9", "targetMimeType": "image/png" } });
    let logo = json!({ "id": "p9", "name": "Logo.png", "mimeType": "image/png", "size": "812" });
    let google = Scripted::start(ID, vec![ok(shortcut), ok(logo)]).await;
    let file = GoogleDrive::new()
        .describe(&google.ctx, &credentials(None), "s1")
        .await
        .unwrap();
    assert_eq!(
        (file.id.as_str(), file.name.as_str(), file.bytes),
        ("p9", "Logo.png", Some(812))
    );
    assert_eq!(
        google.calls(),
        ["GET /drive/v3/files/s1", "GET /drive/v3/files/p9"]
    );
}

#[tokio::test]
async fn what_cannot_be_had_is_told_apart() {
    let trashed =
        json!({ "id": "p1", "name": "Loaf.jpg", "mimeType": "image/jpeg", "trashed": true });
    let document =
        json!({ "id": "d1", "name": "Prices", "mimeType": "application/vnd.google-apps.document" });
    for (answer, code) in [
        (ok(trashed), ErrorCode::RemoteFileNotFound),
        (ok(document), ErrorCode::RemoteFileRefused),
        (refused(404, "notFound"), ErrorCode::RemoteFileNotFound),
    ] {
        let google = Scripted::start(ID, vec![answer]).await;
        let described = GoogleDrive::new()
            .describe(&google.ctx, &credentials(None), "p1")
            .await;
        let error = described.unwrap_err();
        assert_eq!((error.advice, error.code), (Advice::Permanent, code));
    }
    for (answer, advice, code) in [
        (
            refused(404, "notFound"),
            Advice::Permanent,
            ErrorCode::RemoteFileNotFound,
        ),
        (
            refused(403, "cannotDownloadFile"),
            Advice::Permanent,
            ErrorCode::RemoteFileRefused,
        ),
        (
            refused(401, "authError"),
            Advice::Refresh,
            ErrorCode::ConnectionExpired,
        ),
        (
            refused(503, "backendError"),
            Advice::Retry { after: None },
            ErrorCode::PlatformUnavailable,
        ),
    ] {
        let google = Scripted::start(ID, vec![answer]).await;
        let error = open(&google, "p1", 0).await.unwrap_err();
        assert_eq!((error.advice, error.code), (advice, code));
    }
}

#[tokio::test]
async fn what_is_no_id_leads_nowhere() {
    let google = Scripted::start(ID, vec![]).await;
    for id in [
        "",
        "..",
        "../about",
        "p1?alt=media",
        "p1/export",
        "ö",
        "a b",
    ] {
        let described = GoogleDrive::new()
            .describe(&google.ctx, &credentials(None), id)
            .await;
        let opened = open(&google, id, 0).await.map(drop);
        for error in [described.map(drop).unwrap_err(), opened.unwrap_err()] {
            assert_eq!(error.code, ErrorCode::RemoteFileNotFound, "{id}");
        }
    }
    assert!(google.calls().is_empty());
}

#[tokio::test]
async fn bytes_come_from_where_they_are_wanted_or_from_where_google_says() {
    let part = |range: &str| reply(206, json!("af")).header("content-range", range);
    let answers = vec![
        ok(json!("loaf")),
        part("bytes 3-6/7"),
        // Not where it was asked to, and a server that does not say.
        part("bytes 2-6/7"),
        reply(206, json!("af")),
        // Ranges are not for everybody.
        ok(json!("loaf")),
    ];
    let google = Scripted::start(ID, answers).await;
    let mut begins = Vec::new();
    for from in [0, 3, 3, 3, 3] {
        begins.push(open(&google, "p1", from).await.unwrap());
    }
    // The script writes its answers as JSON, in quotes.
    let (whole, part) = ("\"loaf\"".to_owned(), "\"af\"".to_owned());
    assert_eq!(
        begins,
        [
            (0, whole.clone()),
            (3, part.clone()),
            (2, part.clone()),
            (3, part),
            (0, whole),
        ]
    );
    let asked = google.asked();
    assert_eq!(asked[0].call, "GET /drive/v3/files/p1");
    assert_eq!(asked[0].field("alt"), "media");
    let range = |at: usize| {
        asked[at]
            .headers
            .get("range")
            .map(|it| it.to_str().unwrap())
    };
    assert_eq!((range(0), range(1)), (None, Some("bytes=3-")));
    assert_eq!(asked[0].headers["accept-encoding"], "identity");
}

#[tokio::test]
async fn a_file_that_became_shorter_comes_from_its_beginning() {
    let answers = vec![reply(416, json!("no")), ok(json!("new"))];
    let google = Scripted::start(ID, answers).await;
    assert_eq!(
        open(&google, "p1", 90).await.unwrap(),
        (0, "\"new\"".to_owned())
    );
    let asked = google.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[1].headers.get("range").is_none());
}
