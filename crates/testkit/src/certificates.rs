//! A certificate authority of one's own.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// Made for one test, by `openssl`: `ca.pem` is the authority's, `server.pem` and `server.key` are of a server at `localhost` and `127.0.0.1`.
pub struct Certificates {
    folder: TempDir,
}

impl Certificates {
    /// # Panics
    /// Where there is no `openssl`.
    #[must_use]
    pub fn make() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = Self { folder };
        made.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Tests -keyout ca.key -out ca.pem",
        );
        made.openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout server.key -out server.csr",
        );
        let names = "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
        std::fs::write(made.path("names"), names).expect("the folder is ours");
        made.openssl(
            "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out server.pem",
        );
        made
    }

    fn openssl(&self, arguments: &str) {
        let done = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(self.folder.path())
            .output()
            .expect("openssl is installed");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where one of the files lies.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }
}
