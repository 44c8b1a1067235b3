//! Limits in memory and in a real Redis: the same table, shared by processes, and what happens while Redis is away.

mod falling_back;
mod redis_server;
mod sharing;
mod signing_in;
mod table;
