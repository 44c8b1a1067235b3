//! `fanfare openapi`.

use anyhow::Result;

/// Prints the API's description.
pub(super) fn print() -> Result<()> {
    println!("{}", fanfare_api::openapi().to_pretty_json()?);
    Ok(())
}
