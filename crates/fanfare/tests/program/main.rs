//! The built program from the outside.

mod alone;
mod running;
mod together;
