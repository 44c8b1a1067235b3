//! The ids that one post of a Page goes by.
//!
//! The feed calls a post `{page}_{post}`. A video is published under an id of its own. As a rule the feed's id ends in that one; where it
//! does not, changes of videos say it, and so does the address at which people watch it.

/// What else a post that the feed calls so can be known by, the surest first.
pub fn other_ids(post: &str, video: Option<&str>, address: Option<&str>) -> Vec<String> {
    let ending = post.split_once('_').map(|(_, ending)| ending);
    let mut found: Vec<String> = Vec::new();
    let said = [video, ending, address.and_then(watched)];
    for id in said.into_iter().flatten() {
        if !id.is_empty() && id != post && found.iter().all(|known| known != id) {
            found.push(id.to_owned());
        }
    }
    found
}

/// The video that is watched at an address like `/reel/{video}/` or `/{page}/videos/{title}/{video}/`.
fn watched(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    let (_, rest) = ["/reel/", "/videos/"]
        .into_iter()
        .find_map(|place| path.split_once(place))?;
    rest.trim_end_matches('/')
        .rsplit('/')
        .next()
        .filter(|id| id.bytes().all(|letter| letter.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::other_ids;

    #[test]
    fn a_post_is_known_by_whatever_names_its_video() {
        let reel = "https://www.facebook.com/reel/77/?s=1";
        let titled = "https://www.facebook.com/bakery/videos/rye-bread/77/";
        let text = "https://www.facebook.com/permalink.php?story_fbid=pfbid0&id=1122";
        for (post, video, address, expected) in [
            ("1122_77", None, None, vec!["77"]),
            ("1122_77", Some("77"), Some(reel), vec!["77"]),
            ("1122_3344", Some("77"), None, vec!["77", "3344"]),
            ("1122_3344", None, Some(reel), vec!["3344", "77"]),
            ("1122_3344", None, Some(titled), vec!["3344", "77"]),
            ("1122_3344", None, Some("/reel/77/"), vec!["3344", "77"]),
            ("1122_3344", None, Some("/reel/"), vec!["3344"]),
            ("1122_3344", None, Some("/bakery/videos/rye"), vec!["3344"]),
            ("1122_3344", None, Some(text), vec!["3344"]),
            ("77", Some("77"), Some(reel), vec![]),
            ("1122_", None, None, vec![]),
        ] {
            assert_eq!(
                other_ids(post, video, address),
                expected,
                "{post} {video:?} {address:?}"
            );
        }
    }
}
