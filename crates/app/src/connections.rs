//! Connecting accounts: consent or a pasted token, renewing, giving back, and the channels that come with them.

mod begin;
mod call_off;
pub mod channels;
mod complete;
mod disconnect;
mod failure;
mod fields;
mod keep;
mod paste;
mod platforms;
mod read;
pub mod refresh;
mod registrations;
mod renewal;
mod return_path;
mod scopes;
mod state;

pub use begin::{begin, reconnect};
pub use channels::{change_channel, channel_ref};
pub use complete::{Landing, complete};
pub use disconnect::{Scheduled, disconnect};
pub use failure::record_failure;
pub use paste::paste;
pub use platforms::{PlatformStatus, PlatformView, list_platforms, platform_status};
pub use read::{
    ChannelView, ConnectionView, list_channels, list_connections, read_channel, read_connection,
};

pub use fanfare_store::channels::{Channel, ChannelChange};
pub use fanfare_store::connections::Connection;

pub(crate) use refresh::REFRESH;
