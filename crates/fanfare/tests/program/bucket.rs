//! Taking a bucket into use, and giving it up again.

use std::path::Path;
use std::process::Command;
use std::thread;

use fanfare_testkit::{Browser, Method, S3Server, StatusCode, TestDatabase, both_databases, jpeg};
use serde_json::Value;

use crate::running::{self, Running, run};

struct Installation<'a> {
    data: &'a Path,
    database: &'a TestDatabase,
}

impl Installation<'_> {
    fn command(&self, arguments: &[&str], bucket: Option<&str>) -> Command {
        let mut command = running::fanfare(self.data, arguments);
        command.env("FANFARE_DATABASE_URL", &self.database.url);
        if let Some(url) = bucket {
            command.env("FANFARE_S3_URL", url);
        }
        command
    }

    fn serve(&self, bucket: Option<&str>) -> Running {
        Running::start(self.command(&["serve", "--listen", "127.0.0.1:0"], bucket))
    }

    fn run(&self, arguments: &[&str], bucket: Option<&str>) -> (bool, String) {
        run(&mut self.command(arguments, bucket))
    }

    /// Files in the folder of pictures and videos.
    fn on_disk(&self) -> usize {
        let folders = std::fs::read_dir(self.data.join("media")).unwrap();
        let folders = folders.map(|folder| folder.unwrap().path());
        let kept = folders.filter(|path| path.file_name().unwrap().len() == 2);
        kept.map(|folder| std::fs::read_dir(folder).unwrap().count())
            .sum()
    }
}

async fn log_in(serving: &Running) -> Browser {
    let ada = Browser::at(serving.url("").parse().unwrap());
    let known = serde_json::json!({
        "email": "ada@example.com", "password": "correct horse battery staple",
    });
    ada.post("/api/auth/login", known)
        .await
        .expect(StatusCode::OK);
    ada
}

async fn is_there(ada: &Browser, media: &Value) -> bool {
    let path = format!("/api/media/{}/content", media["id"].as_str().unwrap());
    let answer = ada.request(Method::GET, &path).send().await.unwrap();
    answer.status() == StatusCode::OK && !answer.bytes().await.unwrap().is_empty()
}

both_databases!(
    a_bucket_is_taken_into_use_and_given_up_again,
    async |database: &TestDatabase| {
        let Some(server) = S3Server::start().await else {
            return;
        };
        let (folder, url) = (tempfile::tempdir().unwrap(), server.url("media"));
        let data = folder.path();
        let ours = Installation { data, database };
        let serving = ours.serve(None);
        let ada = Browser::at(serving.url("").parse().unwrap());
        ada.register("ada@example.com").await;
        let old = ada.upload("old.jpg", jpeg(60, 60)).await;
        let (good, words) = ours.run(&["media", "move"], None);
        assert!(!good && words.contains("FANFARE_S3_URL"), "{words}");
        assert!(serving.terminate());

        let serving = ours.serve(Some(&url));
        let ada = log_in(&serving).await;
        assert!(is_there(&ada, &old).await, "it is still on the disk");
        let new = ada.upload("new.jpg", jpeg(60, 60)).await;
        assert_eq!(ours.on_disk(), 2);
        let (good, words) = ours.run(&["media", "move", "--dry-run"], Some(&url));
        assert!(
            good && words.starts_with("2 files (1 MiB) would be moved"),
            "{words}"
        );
        assert_eq!(ours.on_disk(), 2);
        let (good, words) = ours.run(&["media", "move"], Some(&url));
        assert!(
            good && words.contains("2 files (1 MiB) moved to the bucket media"),
            "{words}"
        );
        assert_eq!(ours.on_disk(), 0);
        assert!(is_there(&ada, &old).await && is_there(&ada, &new).await);
        let (good, words) = ours.run(&["media", "move"], Some(&url));
        assert!(good && words.starts_with("Nothing"), "{words}");
        let (good, words) = ours.run(&["doctor"], Some(&url));
        assert!(
            good && words.contains("kept in the bucket media"),
            "{words}"
        );
        assert!(serving.terminate());
        let forgotten = ours.serve(None).stop_and_read();
        assert!(
            forgotten.contains("FANFARE_S3_URL does not name one now"),
            "{forgotten}"
        );

        let (good, words) = ours.run(&["media", "move", "--to", "disk"], Some(&url));
        assert!(good && words.contains("4 files"), "{words}");
        assert_eq!(ours.on_disk(), 4);
        let serving = ours.serve(None);
        let ada = log_in(&serving).await;
        assert!(is_there(&ada, &old).await && is_there(&ada, &new).await);
        let log = serving.stop_and_read();
        assert!(!log.contains("FANFARE_S3_URL"), "{log}");
        assert_eq!(server.names().await, ["fanfare-installation"]);
    }
);

both_databases!(
    two_who_move_at_once_lose_nothing,
    async |database: &TestDatabase| {
        let Some(server) = S3Server::start().await else {
            return;
        };
        let (folder, url) = (tempfile::tempdir().unwrap(), server.url("media"));
        let data = folder.path();
        let ours = Installation { data, database };
        let serving = ours.serve(Some(&url));
        let ada = Browser::at(serving.url("").parse().unwrap());
        ada.register("ada@example.com").await;
        let mut pictures = Vec::new();
        for side in 60..64 {
            pictures.push(ada.upload("loaf.jpg", jpeg(side, side)).await);
        }
        for (to, on_disk) in [("disk", 8), ("bucket", 0)] {
            let arguments = ["media", "move", "--to", to];
            thread::scope(|scope| {
                let moves = [(); 2].map(|()| scope.spawn(|| ours.run(&arguments, Some(&url))));
                for (good, words) in moves.map(|one| one.join().unwrap()) {
                    assert!(good, "{words}");
                }
            });
            assert_eq!(ours.on_disk(), on_disk);
            for picture in &pictures {
                assert!(is_there(&ada, picture).await);
            }
        }
        assert!(serving.terminate());
    }
);

both_databases!(
    a_bucket_that_is_not_to_be_used_is_told,
    async |database: &TestDatabase| {
        let Some(server) = S3Server::start().await else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let ours = Installation { data, database };
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        let missing = server.url("elsewhere");
        let (good, words) = ours.run(&serve, Some(&missing));
        assert!(
            !good && words.contains("does not let us use the bucket elsewhere"),
            "{words}"
        );
        assert!(!words.contains("hunter2"), "{words}");
        let (good, words) = ours.run(&["doctor"], Some(&missing));
        assert!(
            !good && words.contains("the bucket elsewhere, which cannot be used"),
            "{words}"
        );

        server
            .put("media/fanfare-installation", b"another".to_vec())
            .await;
        let (good, words) = ours.run(&serve, Some(&server.url("media")));
        assert!(
            !good && words.contains("Another installation of Fanfare"),
            "{words}"
        );
        let own_folder = server.url("media/own");
        assert!(ours.serve(Some(&own_folder)).terminate());

        // Everything else works while its server is away.
        server.cut_off(true);
        assert!(ours.serve(Some(&own_folder)).terminate());
    }
);
