//! Pretend Instagram: its own login, and publishing by containers for both flavours.

pub mod account;
pub mod check;
pub mod container;
pub mod login;
pub mod publish;
