//! Looking through a connected account's files.

use fanfare_domain::ConnectionId;
use fanfare_platform_kit::roles::{FilePage, FileQuery};

use super::account::Account;
use crate::{App, Caller, Result};

/// One page of an account's files.
pub type Listing = FilePage;

/// One page of the folders, pictures and videos of a connected account.
///
/// # Errors
/// `not_found` for the connection, `not_possible_in_state` when it has no files, `remote_file_not_found` for the folder, and what the
/// platform says.
pub async fn browse(
    app: &App,
    caller: &Caller,
    connection: ConnectionId,
    wanted: &FileQuery,
) -> Result<Listing> {
    let mut account = Account::open(app, caller.workspace, connection).await?;
    Ok(account.list(wanted).await?)
}
