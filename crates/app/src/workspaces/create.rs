//! Another workspace for a person.

use fanfare_domain::role::Role;
use fanfare_domain::{ErrorCode, WorkspaceId};
use fanfare_store::sessions;
use fanfare_store::workspaces::{self, Membership};
use serde_json::json;

use super::name::valid_name;
use super::record::{Happened, record};
use crate::idempotency::note_made_by_person;
use crate::{App, AppError, Person, Result};

/// Nobody needs more; a program that goes wrong would.
const MOST: usize = 100;

/// Makes a workspace that the person owns. Their session acts in it from now on.
///
/// # Errors
/// `invalid_input` for a bad name; `out_of_range` for who is in too many workspaces.
pub async fn create(app: &App, person: &Person, name: &str) -> Result<Membership> {
    let name = valid_name("name", name).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let now = app.now();
    let mut tx = app.store.as_system("a workspace is made").write().await?;
    if workspaces::of_user(&mut tx, person.user.id).await?.len() >= MOST {
        let detail = format!("You can be in up to {MOST} workspaces. Leave or delete one first.");
        return Err(AppError::invalid_field(
            "name",
            ErrorCode::OutOfRange,
            detail,
        ));
    }
    let made = Membership {
        workspace: WorkspaceId::new(now),
        name,
        role: Role::Owner,
        requires_two_factor: false,
    };
    let id = made.workspace.to_string();
    workspaces::insert(&mut tx, &made, person.user.id, now).await?;
    sessions::set_workspace(&mut tx, person.session, made.workspace).await?;
    note_made_by_person(&mut tx, person, "workspace", &id).await?;
    let mut tx = tx.into_workspace(made.workspace);
    let happened = Happened {
        action: "workspace.created",
        subject_kind: "workspace",
        subject_id: id,
        detail: json!({ "name": made.name }),
    };
    record(&mut tx, person.actor(), happened, now).await?;
    tx.commit().await?;
    Ok(made)
}
