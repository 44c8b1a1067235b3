//! What a real Redis is for: limits that processes share, the same as those in memory, and changes that they tell each other; and what
//! happens while it is away.

mod changes;
mod falling_back;
mod redis_server;
mod sharing;
mod signing_in;
mod table;
mod tls;
