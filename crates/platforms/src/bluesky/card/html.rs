//! What a page says of itself in its head, read without minding how well it is written.

/// Title, description and the address of a picture as the page writes it; empty where the page has none.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct About {
    pub title: String,
    pub description: String,
    pub picture: String,
}

/// Reads the page's head: what it says for sharing, else what it says for everybody.
pub fn read(html: &str) -> About {
    let mut titles = [const { String::new() }; 3];
    let mut descriptions = [const { String::new() }; 3];
    let mut pictures = [const { String::new() }; 3];
    let mut rest = html;
    while let Some(tag) = next_tag(&mut rest) {
        match tag.name.as_str() {
            "title" => keep(&mut titles[2], text_until(&mut rest, "</title")),
            "script" | "style" | "noscript" | "template" => {
                text_until(&mut rest, &format!("</{}", tag.name));
            }
            "meta" => match tag
                .value("property")
                .or(tag.value("name"))
                .unwrap_or_default()
            {
                "og:title" => keep(&mut titles[0], tag.content()),
                "twitter:title" => keep(&mut titles[1], tag.content()),
                "og:description" => keep(&mut descriptions[0], tag.content()),
                "twitter:description" => keep(&mut descriptions[1], tag.content()),
                "description" => keep(&mut descriptions[2], tag.content()),
                "og:image" => keep(&mut pictures[0], tag.content()),
                "og:image:url" => keep(&mut pictures[1], tag.content()),
                "twitter:image" => keep(&mut pictures[2], tag.content()),
                _ => {}
            },
            "body" => break,
            _ => {}
        }
    }
    About {
        title: first(titles),
        description: first(descriptions),
        picture: first(pictures),
    }
}

struct Tag {
    /// In lower case; with `/` when it closes.
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn value(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(&found.1)
    }

    fn content(&self) -> &str {
        self.value("content").unwrap_or_default()
    }
}

fn first(texts: [String; 3]) -> String {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// Of several, the first counts.
fn keep(place: &mut String, text: &str) {
    if place.is_empty() {
        let readable = decoded(text);
        *place = readable.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

/// What stands before `end`, leaving `rest` there.
fn text_until<'a>(rest: &mut &'a str, end: &str) -> &'a str {
    let all = *rest;
    let at = all
        .match_indices('<')
        .map(|(at, _)| at)
        .find(|at| {
            all.get(*at..at + end.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(end))
        })
        .unwrap_or(all.len());
    *rest = &all[at..];
    &all[..at]
}

fn next_tag(rest: &mut &str) -> Option<Tag> {
    loop {
        let start = rest.find('<')?;
        *rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            *rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || letter == '>')?;
        let name = rest[..end].to_ascii_lowercase();
        *rest = &rest[end..];
        return Some(Tag {
            name,
            attributes: attributes(rest),
        });
    }
}

/// The attributes up to the tag's end, leaving `rest` behind that.
fn attributes(rest: &mut &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        *rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            *rest = behind;
            return found;
        }
        let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '/');
        // A sign that begins no name, such as a stray `=`, is passed over with the name it stands before.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..]
            .find(is_end)
            .map_or(rest.len(), |end| first + end);
        if length == 0 {
            return found;
        }
        let name = rest[..length].to_ascii_lowercase();
        *rest = rest[length..].trim_start();
        let value = match rest.strip_prefix('=') {
            Some(value) => {
                *rest = value.trim_start();
                attribute_value(rest)
            }
            None => "",
        };
        found.push((name, value.to_owned()));
    }
}

fn attribute_value<'a>(rest: &mut &'a str) -> &'a str {
    let all = *rest;
    let quote = all
        .chars()
        .next()
        .filter(|letter| matches!(letter, '"' | '\''));
    let (value, behind) = match quote {
        Some(quote) => all[1..].split_once(quote).unwrap_or((&all[1..], "")),
        None => {
            let end = all.find(|letter: char| letter.is_whitespace() || letter == '>');
            all.split_at(end.unwrap_or(all.len()))
        }
    };
    *rest = behind;
    value
}

/// With `&amp;`, `&#39;` and the like written out. What is not known stays as it is.
fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest
            .find(';')
            .filter(|end| *end <= 10)
            .map(|end| &rest[1..end]);
        match reference.and_then(|name| Some((name, character(name)?))) {
            Some((name, letter)) => {
                plain.push(letter);
                rest = &rest[name.len() + 2..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "middot" => '·',
        "bull" => '•',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_as_they_are() {
        let table = [
            ("<title>A &amp; B</title>", "A & B", ""),
            (
                "<html><head><TITLE>\n  Two\n  lines </TITLE><meta name=description content=short>",
                "Two lines",
                "short",
            ),
            (
                r#"<title>Site</title><meta property="og:title" content="It&#39;s &quot;here&quot; &#x2014; now"/>
                   <meta content='For all' name='description'><meta property=og:description content="Shared">"#,
                "It's \"here\" — now",
                "Shared",
            ),
            (
                r#"<script>var a = "<title>no</title>";</script><title>Yes</title>"#,
                "Yes",
                "",
            ),
            ("<!-- <title>no</title> --><title>Yes</title>", "Yes", ""),
            ("<body><title>drawing</title>", "", ""),
            (
                "<svg><title>x</title></svg><meta name=twitter:title content='Better'>",
                "Better",
                "",
            ),
            ("<title>One</title><title>Two</title>", "One", ""),
            (
                "<title>a &unknown; & b &#xzz; &",
                "a &unknown; & b &#xzz; &",
                "",
            ),
            ("<meta name=\"og:title\" content=\"open", "open", ""),
            ("no markup at all", "", ""),
            ("<", "", ""),
            ("<meta = = ==>", "", ""),
            ("", "", ""),
        ];
        for (html, title, description) in table {
            let expected = About {
                title: title.into(),
                description: description.into(),
                picture: String::new(),
            };
            assert_eq!(read(html), expected, "{html}");
        }
    }

    #[test]
    fn the_first_picture_meant_for_sharing() {
        let table = [
            ("<meta property=og:image content='/a.jpg'>", "/a.jpg"),
            (
                "<meta name=twitter:image content=/t.png><meta property=og:image content='/a.jpg?w=1&amp;h=2'>",
                "/a.jpg?w=1&h=2",
            ),
            (
                "<meta property=og:image content=/1.jpg><meta property=og:image content=/2.jpg>",
                "/1.jpg",
            ),
            ("<meta property=og:image:url content=/u.jpg>", "/u.jpg"),
            ("<img src=/logo.png>", ""),
        ];
        for (html, picture) in table {
            assert_eq!(read(html).picture, picture, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_page_is_too_broken(html in "(<|>|/|=|'|\"|&|;|#|!--|-->|meta|title|content|body|script|é| |a)*") {
            read(&html);
        }
    }
}
