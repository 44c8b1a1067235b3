//! Google Drive against its pretend twin: nothing is published, so files are looked through and downloaded.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{FileContent, FilePage, FileQuery, Grant, RemoteFile};
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform};
use futures::StreamExt;

use crate::stage::Stage;

/// A drive that was connected.
struct Connected {
    stage: Stage,
    grant: Grant,
}

impl Connected {
    async fn new() -> Self {
        let stage = Stage::of("gdrive").await;
        let grant = stage.sign_in(&[]).await.unwrap();
        Self { stage, grant }
    }

    async fn list(&self, wanted: FileQuery) -> Result<FilePage, PlatformError> {
        let files = self.stage.platform.files().unwrap();
        let wanted = FileQuery {
            limit: wanted.limit.max(1),
            ..wanted
        };
        files
            .list(&self.stage.ctx, &self.grant.credentials, &wanted)
            .await
    }

    async fn describe(&self, id: &str) -> Result<RemoteFile, PlatformError> {
        let files = self.stage.platform.files().unwrap();
        files
            .describe(&self.stage.ctx, &self.grant.credentials, id)
            .await
    }

    async fn open(&self, id: &str, from: u64) -> Result<FileContent, PlatformError> {
        let files = self.stage.platform.files().unwrap();
        files
            .open(&self.stage.ctx, &self.grant.credentials, id, from)
            .await
    }

    async fn search(&self, words: &str) -> Vec<RemoteFile> {
        let wanted = FileQuery {
            search: words.to_owned(),
            limit: 50,
            ..FileQuery::default()
        };
        self.list(wanted).await.unwrap().items
    }

    fn next(&self, call: CallKind, fault: Fault) {
        self.stage.sandbox.faults().add(FaultRule {
            platform: Some(Platform::GDrive),
            call,
            delay_ms: Some(20),
            ..FaultRule::new(fault)
        });
    }
}

/// What comes of a file until it ends or breaks off, and whether it broke off.
async fn drain(content: FileContent) -> (Vec<u8>, bool) {
    let mut bytes = content.bytes;
    let mut came = Vec::new();
    while let Some(chunk) = bytes.next().await {
        match chunk {
            Ok(chunk) => came.extend_from_slice(&chunk),
            Err(_) => return (came, true),
        }
    }
    (came, false)
}

#[tokio::test]
async fn connects_renews_and_gives_back() {
    let drive = Connected::new().await;
    let grant = &drive.grant;
    assert_eq!(grant.name, "ines@harbourbakery.example");
    assert!(grant.channels.is_empty() && grant.refreshable);
    let (stage, connect) = (&drive.stage, drive.stage.platform.connect().unwrap());
    let ctx = &stage.ctx;
    stage.sandbox.expire_tokens(None);
    let over = connect.look(ctx, &grant.credentials).await;
    assert_eq!(over.unwrap_err().advice, Advice::Refresh);
    let renewed = connect.refresh(ctx, &grant.credentials).await.unwrap();
    let again = connect.refresh(ctx, &renewed.credentials).await.unwrap();
    assert_eq!(again.remote_id, grant.remote_id);
    assert_eq!(again.scopes, grant.scopes);
    connect.look(ctx, &again.credentials).await.unwrap();

    connect.revoke(ctx, &again.credentials).await.unwrap();
    connect.revoke(ctx, &again.credentials).await.unwrap();
    let gone = connect.refresh(ctx, &again.credentials).await;
    assert_eq!(gone.unwrap_err().advice, Advice::Reconnect);
}

#[tokio::test]
async fn says_no_and_leaves_out_what_matters() {
    let stage = Stage::of("gdrive").await;
    let no = stage.consent(&[], &[("decision", "cancel")]).await;
    assert_eq!(no.unwrap_err().code, ErrorCode::ConsentDenied);
    let said = [
        ("shown", "1"),
        ("decision", "continue"),
        ("grant", "openid"),
        ("grant", "email"),
    ];
    let without = stage.consent(&[], &said).await;
    assert_eq!(without.unwrap_err().code, ErrorCode::PermissionMissing);
}

#[tokio::test]
async fn looks_through_folders_and_takes_what_is_there_whole() {
    let drive = Connected::new().await;
    let top = drive
        .list(FileQuery {
            limit: 50,
            ..FileQuery::default()
        })
        .await
        .unwrap();
    let names: Vec<_> = top.items.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Autumn pictures",
            "Old",
            "Videos",
            "Logo.png",
            "Opening hours.png"
        ]
    );
    let mut wanted = FileQuery {
        folder: Some(top.items[0].id.clone()),
        limit: 4,
        ..FileQuery::default()
    };
    let mut pictures = Vec::new();
    loop {
        let page = drive.list(wanted.clone()).await.unwrap();
        pictures.extend(page.items);
        if page.next.is_none() {
            break;
        }
        wanted.cursor = page.next;
    }
    assert_eq!(pictures.len(), 9);
    let shortcut = pictures.iter().find(|file| file.name == "Our logo");
    let logo = drive.describe(&shortcut.unwrap().id).await.unwrap();
    assert_eq!(
        (logo.name.as_str(), &logo.id),
        ("Logo.png", &top.items[3].id)
    );

    for file in drive.search("Ann's").await {
        let content = drive.open(&file.id, 0).await.unwrap();
        assert_eq!(content.from, 0);
        let (bytes, broke_off) = drain(content).await;
        assert_eq!((Some(bytes.len() as u64), broke_off), (file.bytes, false));
    }
}

#[tokio::test]
async fn a_download_that_broke_off_goes_on_where_it_stopped() {
    let drive = Connected::new().await;
    let film = drive.search("kneading").await.remove(0);
    let (whole, _) = drain(drive.open(&film.id, 0).await.unwrap()).await;
    drive.next(CallKind::Media, Fault::TimeoutAfter);
    let (mut came, broke_off) = drain(drive.open(&film.id, 0).await.unwrap()).await;
    assert!(broke_off && !came.is_empty() && came.len() < whole.len());
    let rest = drive.open(&film.id, came.len() as u64).await.unwrap();
    assert_eq!(rest.from, came.len() as u64);
    came.extend(drain(rest).await.0);
    assert_eq!(came, whole);

    let beyond = drive.open(&film.id, 10_000_000).await.unwrap();
    assert_eq!(beyond.from, 0, "it is not that long");
}

#[tokio::test]
async fn each_fault_has_its_advice() {
    let drive = Connected::new().await;
    let film = drive.search("kneading").await.remove(0);
    for (fault, code) in [
        (Fault::RateLimit, ErrorCode::PlatformRateLimited),
        (Fault::ServerError, ErrorCode::PlatformUnavailable),
        (Fault::TimeoutBefore, ErrorCode::PlatformUnavailable),
        (Fault::ExpiredToken, ErrorCode::ConnectionExpired),
        (Fault::RejectedMedia, ErrorCode::RemoteFileRefused),
    ] {
        drive.next(CallKind::Media, fault);
        let error = drive.open(&film.id, 0).await.err().unwrap();
        assert_eq!(error.code, code, "{fault:?}");
    }
    drive.next(CallKind::Read, Fault::NotJson);
    let error = drive.list(FileQuery::default()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::AnswerNotUnderstood);
    let nothing = drive.describe("1AbC").await.unwrap_err();
    assert_eq!(nothing.code, ErrorCode::RemoteFileNotFound);
}
