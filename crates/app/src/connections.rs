//! Connecting accounts: consent or a pasted token, renewing, giving back, and the channels that come with them.

pub(crate) mod alert;
mod avatar;
mod begin;
mod call_off;
pub mod channels;
mod complete;
mod disconnect;
pub mod doctor;
mod failure;
mod farewell;
mod fields;
pub mod groups;
mod history;
mod keep;
mod look;
mod order;
mod paste;
mod platforms;
mod read;
pub mod refresh;
mod registrations;
mod renewal;
mod return_path;
mod scopes;
pub mod settings;
mod state;

pub use avatar::{channel_avatar, connection_avatar};
pub use begin::{begin, reconnect};
pub use channels::{change_channel, channel_ref};
pub use complete::{Landing, complete};
pub use disconnect::{Scheduled, disconnect};
pub(crate) use disconnect::{end_by_platform, give_back_grant};
pub use failure::record_failure;
pub use farewell::{Farewell, FarewellPost, farewell};
pub use history::refresh_history;
pub use look::sync_connection;
pub use order::order_channels;
pub use paste::paste;
pub use platforms::{PlatformStatus, PlatformView, list_platforms, platform_status};
pub use read::{
    ChannelView, ConnectionView, list_channels, list_connections, read_channel, read_connection,
};
pub(crate) use return_path::local_path;
pub use scopes::Permission;

pub use fanfare_store::channels::{Channel, ChannelChange};
pub use fanfare_store::connections::{Connection, Renewed};

pub(crate) use refresh::REFRESH;
