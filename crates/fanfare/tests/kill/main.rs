//! The built program is killed with `kill -9` in the middle of its work. Each file says what has to be so afterwards.

mod effects;
mod hearing;
mod hub;
mod patience;
mod publishing;
mod senders;
mod telling;
mod two_nodes;
