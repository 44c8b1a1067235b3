use super::*;

fn load(variables: &[(&str, &str)]) -> Result<Loaded, ConfigErrors> {
    load_with(&Overrides::default(), variables)
}

fn load_with(overrides: &Overrides, variables: &[(&str, &str)]) -> Result<Loaded, ConfigErrors> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(overrides, variables, &fanfare_platforms::all())
}

fn errors(variables: &[(&str, &str)]) -> String {
    load(variables).unwrap_err().to_string()
}

#[test]
fn nothing_configured_is_a_good_configuration() {
    let loaded = load(&[("HOME", "/home/ada")]).unwrap();
    assert_eq!(loaded.warnings, Vec::<String>::new());
    let config = loaded.config;
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.data, Path::new("/home/ada/.local/share/fanfare"));
    assert_eq!(
        config.database_url.expose(),
        "sqlite:/home/ada/.local/share/fanfare/fanfare.db"
    );
    assert!(config.sandbox_is_on());
}

#[test]
fn the_data_folder_follows_the_surroundings() {
    let data = |variables: &[(&str, &str)]| load(variables).unwrap().config.data;
    assert_eq!(data(&[]), Path::new("fanfare-data"));
    assert_eq!(
        data(&[("XDG_DATA_HOME", "/x"), ("HOME", "/h")]),
        Path::new("/x/fanfare")
    );
    assert_eq!(
        data(&[("FANFARE_DATA", "/d"), ("HOME", "/h")]),
        Path::new("/d")
    );
}

#[test]
fn options_win_over_variables_and_variables_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fanfare.toml");
    fs_write(
        &file,
        "listen = '127.0.0.1:1'\nregistration = 'open'\nlog = 'debug'\n[facebook]\napp_id = '7'\napp_secret = 's'\n",
    );
    let overrides = Overrides {
        config: Some(file),
        listen: Some("127.0.0.1:3".to_owned()),
        ..Overrides::default()
    };
    let variables = [("FANFARE_LISTEN", "127.0.0.1:2"), ("FANFARE_LOG", "warn")];
    let config = load_with(&overrides, &variables).unwrap().config;
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.log, "warn");
    assert!(config.registration_open);
    assert_eq!(config.platforms["facebook"].app.as_ref().unwrap().id, "7");
}

#[test]
fn the_sandbox_stays_until_the_first_credentials() {
    let on = |more: &[(&str, &str)]| {
        let credentials = [
            ("FANFARE_FACEBOOK_APP_ID", "7"),
            ("FANFARE_FACEBOOK_APP_SECRET", "s"),
        ];
        load(&[&credentials, more].concat())
            .unwrap()
            .config
            .sandbox_is_on()
    };
    assert!(!on(&[]));
    assert!(on(&[("FANFARE_SANDBOX", "on")]));
    assert!(
        !load(&[("FANFARE_SANDBOX", "off")])
            .unwrap()
            .config
            .sandbox_is_on()
    );
}

#[test]
fn everything_wrong_is_told_at_once_with_a_remedy() {
    let words = errors(&[
        ("FANFARE_LISTEN", "8080"),
        ("FANFARE_PUBLIC_URL", "fanfare.example"),
        ("FANFARE_DATABASE_URL", "mysql://root:hunter2@db"),
        ("FANFARE_SECRET_KEYS", "1:hunter2"),
        ("FANFARE_FACEBOOK_APP_ID", "7"),
        ("FANFARE_EGRESS_ALLOW", "10.0.0.0/8, here"),
    ]);
    for expected in [
        "FANFARE_LISTEN is “8080”, but that is no address with a port. Write it like 127.0.0.1:8080.",
        "FANFARE_PUBLIC_URL is “fanfare.example”",
        "FANFARE_DATABASE_URL is set, but it must begin with",
        "FANFARE_SECRET_KEYS is set, but",
        "FANFARE_FACEBOOK_APP_ID is set, but FANFARE_FACEBOOK_APP_SECRET is not.",
        "“here” is no network",
    ] {
        assert!(words.contains(expected), "{expected} not in {words}");
    }
    assert!(!words.contains("hunter2"), "{words}");
}

#[test]
fn unknown_variables_are_warned_about_and_unknown_keys_refused() {
    let loaded = load(&[
        ("FANFARE_LISTN", "127.0.0.1:1"),
        ("FANFARE_TEST_POSTGRES_URL", "x"),
    ])
    .unwrap();
    assert_eq!(
        loaded.warnings,
        ["FANFARE_LISTN is set, but there is no such setting. Did you mean FANFARE_LISTEN?"]
    );

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fanfare.toml");
    fs_write(&file, "listn = '127.0.0.1:1'\n");
    let overrides = Overrides {
        config: Some(file),
        ..Overrides::default()
    };
    let words = load_with(&overrides, &[]).unwrap_err().to_string();
    assert!(
        words.contains("is no setting. Did you mean listen?"),
        "{words}"
    );
}

#[test]
fn a_secret_may_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("url");
    fs_write(&file, "postgres://fanfare@localhost/fanfare\n");
    let file = file.to_str().unwrap();
    let config = load(&[("FANFARE_DATABASE_URL_FILE", file)]).unwrap().config;
    assert_eq!(
        config.database_url.expose(),
        "postgres://fanfare@localhost/fanfare"
    );

    let words = errors(&[
        ("FANFARE_DATABASE_URL_FILE", file),
        ("FANFARE_DATABASE_URL", "sqlite:x"),
    ]);
    assert!(words.contains("both set"), "{words}");
    let words = errors(&[("FANFARE_DATABASE_URL_FILE", "/nowhere")]);
    assert!(words.contains("cannot be read"), "{words}");
}

#[test]
fn the_address_of_redis_is_checked_and_never_shown() {
    let url = "rediss://fanfare:hunter2@redis.example:6380/1";
    let loaded = load(&[("FANFARE_REDIS_URL", url)]).unwrap();
    assert_eq!(loaded.warnings, Vec::<String>::new());
    assert_eq!(loaded.config.redis_url.as_ref().unwrap().expose(), url);
    assert!(!format!("{:?}", loaded.config).contains("hunter2"));
    for wrong in [
        "http://hunter2@redis.example",
        "redis://:hunter2@/x/y",
        "hunter2",
    ] {
        let words = errors(&[("FANFARE_REDIS_URL", wrong)]);
        assert!(words.contains("FANFARE_REDIS_URL is set, but"), "{words}");
        assert!(!words.contains("hunter2"), "{words}");
    }
}

#[cfg(feature = "s3")]
#[test]
fn the_address_of_a_bucket_is_checked_and_never_shown() {
    crate::use_one_tls();
    let url = "https://fanfare:hunter2@s3.example/media";
    let loaded = load(&[("FANFARE_S3_URL", url)]).unwrap();
    assert_eq!(loaded.warnings, Vec::<String>::new());
    assert_eq!(loaded.config.s3_url.as_ref().unwrap().expose(), url);
    assert!(!format!("{:?}", loaded.config).contains("hunter2"));
    for wrong in [
        "https://fanfare:hunter2@s3.example",
        "ftp://fanfare:hunter2@s3.example/media",
        "s3://fanfare:hunter2@media",
        "hunter2",
    ] {
        let words = errors(&[("FANFARE_S3_URL", wrong)]);
        assert!(words.contains("FANFARE_S3_URL is set, but"), "{words}");
        assert!(!words.contains("hunter2"), "{words}");
    }
}

#[test]
fn reference_and_schema_name_every_setting() {
    let platforms = fanfare_platforms::all();
    let page = reference(&platforms);
    let schema = schema(&platforms);
    assert!(page.contains("`FANFARE_FACEBOOK_APP_SECRET` 🔑"));
    assert!(schema["properties"]["listen"].is_object());
    assert!(schema["properties"]["facebook"]["properties"]["app_id"].is_object());
}

fn fs_write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}
