//! `cargo x check-layers`: who may know whom, as ARCHITECTURE.md draws it, compared with what Cargo sees.

use crate::process::{self, Attempt};

/// Each crate, and the crates of ours that it may depend on.
const LAYERS: &[(&str, &[&str])] = &[
    ("fanfare-domain", &[]),
    ("fanfare-store", &["fanfare-domain"]),
    ("fanfare-jobs", &["fanfare-domain", "fanfare-store"]),
    ("fanfare-platform-kit", &["fanfare-domain"]),
    (
        "fanfare-platforms",
        &["fanfare-domain", "fanfare-platform-kit"],
    ),
    ("fanfare-sandbox", &["fanfare-domain"]),
    ("fanfare-backends", &["fanfare-domain"]),
    (
        "fanfare-app",
        &[
            "fanfare-domain",
            "fanfare-store",
            "fanfare-jobs",
            "fanfare-platform-kit",
        ],
    ),
    (
        "fanfare-api",
        &["fanfare-domain", "fanfare-platform-kit", "fanfare-app"],
    ),
    (
        "fanfare",
        &[
            "fanfare-domain",
            "fanfare-store",
            "fanfare-jobs",
            "fanfare-platform-kit",
            "fanfare-platforms",
            "fanfare-sandbox",
            "fanfare-backends",
            "fanfare-app",
            "fanfare-api",
        ],
    ),
    (
        "fanfare-testkit",
        &[
            "fanfare-domain",
            "fanfare-store",
            "fanfare-jobs",
            "fanfare-platform-kit",
            "fanfare-platforms",
            "fanfare-sandbox",
            "fanfare-backends",
            "fanfare-app",
            "fanfare-api",
            "fanfare",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that any crate's tests may use on top of its own layer.
const FOR_TESTS: &[&str] = &["fanfare-testkit", "fanfare-sandbox", "fanfare-backends"];

/// Libraries that only some crates may use outside their tests: who speaks SQL, who serves and who calls out.
const RESERVED: &[(&str, &[&str])] = &[
    ("sqlx", &["fanfare-store", "fanfare-testkit"]),
    ("clap", &["fanfare"]),
    (
        "axum",
        &[
            "fanfare-api",
            "fanfare-sandbox",
            "fanfare",
            "fanfare-testkit",
        ],
    ),
    (
        "reqwest",
        &[
            "fanfare-platform-kit",
            "fanfare-platforms",
            "fanfare-sandbox",
            "fanfare-backends",
            "fanfare",
            "fanfare-testkit",
        ],
    ),
    ("lettre", &["fanfare-backends"]),
    ("object_store", &["fanfare-backends"]),
];

#[derive(Debug, PartialEq, Eq)]
struct Edge {
    from: String,
    to: String,
    for_tests: bool,
}

pub fn check(_: &[String]) -> Attempt {
    let mut edges = parse(&tree("normal,build")?, false);
    edges.extend(parse(&tree("dev")?, true));
    let complaints: Vec<String> = edges.iter().filter_map(complaint).collect();
    if complaints.is_empty() {
        println!(
            "{} dependencies between crates, all in the direction that ARCHITECTURE.md draws.",
            edges.len()
        );
        return Ok(());
    }
    Err(complaints.join("\n"))
}

fn tree(edges: &str) -> Attempt<String> {
    let shape = [
        "--depth",
        "1",
        "--prefix",
        "depth",
        "--no-dedupe",
        "--format",
        "|{p}",
    ];
    process::output(
        process::cargo()
            .args(["tree", "--quiet", "--workspace", "--edges", edges])
            .args(shape),
    )
}

/// Reads lines such as `0|fanfare-store v0.1.0 (…)`, each followed by what it depends on with a 1 in front.
fn parse(tree: &str, for_tests: bool) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut from = "";
    for line in tree.lines() {
        let Some((depth, package)) = line.split_once('|') else {
            continue;
        };
        let name = package.split(' ').next().unwrap_or_default();
        if depth == "0" {
            from = name;
        } else {
            edges.push(Edge {
                from: from.into(),
                to: name.into(),
                for_tests,
            });
        }
    }
    edges
}

/// Says what is wrong with one dependency, if anything is.
fn complaint(edge: &Edge) -> Option<String> {
    let Edge {
        from,
        to,
        for_tests,
    } = edge;
    let Some((_, below)) = LAYERS.iter().find(|(name, _)| name == from) else {
        return Some(format!(
            "{from} has no place in the table of layers (xtask/src/layers.rs): give it one."
        ));
    };
    if *for_tests && FOR_TESTS.contains(&to.as_str()) {
        return None;
    }
    if LAYERS.iter().any(|(name, _)| name == to) && !below.contains(&to.as_str()) {
        return Some(format!(
            "{from} may not depend on {to}: see Workspace in ARCHITECTURE.md."
        ));
    }
    let (library, holders) = RESERVED.iter().find(|(library, _)| library == to)?;
    let allowed = *for_tests || holders.contains(&from.as_str());
    (!allowed).then(|| {
        format!(
            "{from} may not use {library}: only {} may.",
            holders.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: &str, to: &str, for_tests: bool) -> Edge {
        Edge {
            from: from.into(),
            to: to.into(),
            for_tests,
        }
    }

    #[test]
    fn the_tree_that_cargo_prints_is_read() {
        let tree = "0|fanfare-store v0.1.0 (/src/crates/store)\n1|fanfare-domain v0.1.0 (/src/crates/domain)\n\
                    1|sqlx v0.9.0\n\n0|fanfare-domain v0.1.0 (/src/crates/domain)\n1|uuid v1.29.1\n";
        let expected = [
            edge("fanfare-store", "fanfare-domain", false),
            edge("fanfare-store", "sqlx", false),
            edge("fanfare-domain", "uuid", false),
        ];
        assert_eq!(parse(tree, false), expected);
    }

    #[test]
    fn downwards_is_allowed_and_upwards_or_sideways_is_not() {
        assert_eq!(
            complaint(&edge("fanfare-app", "fanfare-store", false)),
            None
        );
        assert!(complaint(&edge("fanfare-store", "fanfare-app", false)).is_some());
        assert!(complaint(&edge("fanfare-api", "fanfare-store", false)).is_some());
        assert!(complaint(&edge("fanfare-sandbox", "fanfare-platforms", false)).is_some());
    }

    #[test]
    fn tests_may_stand_on_the_test_kit_but_not_on_any_upper_layer() {
        assert_eq!(
            complaint(&edge("fanfare-store", "fanfare-testkit", true)),
            None
        );
        assert!(complaint(&edge("fanfare", "fanfare-testkit", false)).is_some());
        assert!(complaint(&edge("fanfare-store", "fanfare-app", true)).is_some());
    }

    #[test]
    fn only_the_store_speaks_sql() {
        assert_eq!(complaint(&edge("fanfare-store", "sqlx", false)), None);
        assert!(complaint(&edge("fanfare-app", "sqlx", false)).is_some());
        assert_eq!(complaint(&edge("fanfare-app", "sqlx", true)), None);
        assert_eq!(complaint(&edge("fanfare-app", "serde", false)), None);
    }

    #[test]
    fn a_crate_without_a_place_is_named() {
        let words = complaint(&edge("fanfare-extras", "serde", false)).expect("a complaint");
        assert!(words.starts_with("fanfare-extras has no place"));
    }

    #[test]
    fn the_table_is_in_order_so_nothing_in_it_can_go_round() {
        for (position, (name, below)) in LAYERS.iter().enumerate() {
            for lower in *below {
                assert!(
                    LAYERS[..position]
                        .iter()
                        .any(|(earlier, _)| earlier == lower),
                    "{name} names {lower} too early"
                );
            }
        }
    }
}
