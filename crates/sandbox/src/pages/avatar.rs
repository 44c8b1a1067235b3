//! Pretend profile pictures: initials on a colour of the account's own.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::cast;
use crate::state::World;

const COLOURS: [&str; 6] = [
    "#b4532a", "#2f6f5e", "#5a4fcf", "#a3344c", "#2a6a9e", "#7a5c1e",
];

pub fn address(world: &World, id: &str) -> String {
    world.link(&path(id))
}

pub fn path(id: &str) -> String {
    format!("/avatars/{id}.svg")
}

pub async fn show(Path(file): Path<String>) -> Response {
    let id = file.trim_end_matches(".svg");
    let name = if id == cast::PERSON.id {
        cast::PERSON.name
    } else {
        cast::title_of(id)
    };
    let initials: String = name
        .split([' ', '.'])
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect();
    let sum: usize = name.bytes().map(usize::from).sum();
    let colour = COLOURS[sum % COLOURS.len()];
    let picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 200\" width=\"200\" height=\"200\">\
         <rect width=\"200\" height=\"200\" fill=\"{colour}\"/>\
         <text x=\"100\" y=\"128\" text-anchor=\"middle\" font-family=\"system-ui, sans-serif\" font-size=\"80\" \
         font-weight=\"600\" fill=\"#fff\">{}</text></svg>",
        initials.to_uppercase()
    );
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "max-age=86400"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    (headers, picture).into_response()
}
