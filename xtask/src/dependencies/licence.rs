//! Licence expressions as packages write them: `MIT OR Apache-2.0`, `(MIT OR ISC) AND Unicode-3.0`, the old `MIT/Apache-2.0`.

/// Tells whether an expression can be met by allowed licences alone.
#[must_use]
pub fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace(" WITH ", "+WITH+");
    let mut words = spaced.split_whitespace().peekable();
    let met = either(&mut words, allowed);
    met && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words, allowed: &[&str]) -> bool {
    let mut met = both(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= both(words, allowed);
    }
    met
}

fn both(words: &mut Words, allowed: &[&str]) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Words, allowed: &[&str]) -> bool {
    match words.next() {
        Some("(") => {
            let met = either(words, allowed);
            words.next() == Some(")") && met
        }
        Some(name) => allowed.contains(&name.replace("+WITH+", " WITH ").as_str()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    const ALLOWED: &[&str] = &[
        "MIT",
        "Apache-2.0",
        "Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ];

    #[test]
    fn one_allowed_choice_is_enough_and_every_part_of_both_is_needed() {
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("MIT AND GPL-3.0-only", false),
            ("MIT/Apache-2.0", true),
            ("(MIT OR GPL-3.0-only) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND CC0-1.0", false),
            ("(GPL-3.0-only AND ISC) OR MIT", true),
            ("MIT AND (GPL-3.0-only)", false),
            ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
            ("Apache-2.0 WITH Classpath-exception-2.0", false),
            ("", false),
            ("MIT)", false),
        ] {
            assert_eq!(is_allowed(expression, ALLOWED), expected, "{expression}");
        }
    }
}
