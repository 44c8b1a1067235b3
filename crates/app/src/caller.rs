//! Who asks, and in which workspace: what the API's extractor yields and every use case takes.

use fanfare_domain::role::Role;
use fanfare_domain::{Action, ApiKeyId, ErrorCode, SessionId, UserId, WorkspaceId};
use fanfare_store::audit::Actor;
use fanfare_store::workspaces::Membership;

use crate::accounts::{not_verified, two_factor_required};
use crate::idempotency::TakenKey;
use crate::{AppError, RefusalKind, Result};

/// A person acting in one workspace, at a browser or by a key of theirs.
#[derive(Debug, Clone)]
pub struct Caller {
    pub user: UserId,
    pub name: String,
    pub via: Via,
    pub workspace: WorkspaceId,
    pub role: Role,
    /// Administers the installation.
    pub is_admin: bool,
    /// Their address is proved, or nobody's can be because there is no mail.
    pub is_verified: bool,
    /// They are in by more than a password, which a workspace can ask for.
    pub took_two_steps: bool,
    /// The `Idempotency-Key` of the request, if it has one.
    pub request_key: Option<TakenKey>,
}

/// How a person asks.
#[derive(Debug, Clone)]
pub enum Via {
    Session(SessionId),
    Key(KeyInHand),
}

/// The key that a request came with.
#[derive(Debug, Clone)]
pub struct KeyInHand {
    pub id: ApiKeyId,
    pub name: String,
    pub scopes: Vec<Action>,
}

impl Caller {
    /// As the audit log names them: a key beside the person whose it is.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let name = match &self.via {
            Via::Session(_) => self.name.clone(),
            Via::Key(key) => format!("{} ({})", self.name, key.name),
        };
        Actor {
            id: Some(self.user),
            name,
        }
    }

    /// The browser's session, if a person sits at it.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        match self.via {
            Via::Session(session) => Some(session),
            Via::Key(_) => None,
        }
    }

    /// The same person in another workspace of theirs, which may ask for more than the one they came by.
    ///
    /// # Errors
    /// `two_factor_required`.
    pub(crate) fn there(&self, membership: &Membership) -> Result<Self> {
        if membership.requires_two_factor && !self.took_two_steps {
            return Err(two_factor_required());
        }
        Ok(Self {
            workspace: membership.workspace,
            role: membership.role,
            ..self.clone()
        })
    }

    /// Refuses, in words, what neither role nor key allows. A key never exceeds the role of whoever made it.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn require(&self, action: Action) -> Result<()> {
        if let Via::Key(key) = &self.via
            && !key.scopes.contains(&action)
        {
            return Err(forbidden(without_scope(action)));
        }
        let may = match action {
            Action::InstallationManage => self.is_admin,
            _ => self.role.may(action),
        };
        let takes_proof = matches!(action, Action::PostsPublish | Action::KeysManage);
        if may && takes_proof && !self.is_verified {
            return Err(not_verified());
        }
        if may {
            return Ok(());
        }
        Err(forbidden(self.without_role(action)))
    }

    fn without_role(&self, action: Action) -> String {
        if action == Action::InstallationManage {
            return "Only administrators of this installation may do this.".to_owned();
        }
        let rule = action.rule();
        let roles: Vec<&str> = rule.roles.iter().map(|role| role.as_str()).collect();
        let (role, allowed, meaning) = (self.role, roles.join(", "), rule.meaning);
        match &self.via {
            Via::Session(_) => format!(
                "Your role in this workspace is {role}. To {meaning}, you need one of these: {allowed}. Ask an owner or admin of \
                 the workspace."
            ),
            Via::Key(_) => format!(
                "This API key has the scope {action}, but whoever made it is {role} now. To {meaning}, they need one of these \
                 roles: {allowed}."
            ),
        }
    }
}

fn without_scope(action: Action) -> String {
    let rule = action.rule();
    if rule.for_keys {
        format!(
            "This API key lacks the scope {action}, which it needs to {}. Give it that scope, or use another key.",
            rule.meaning
        )
    } else {
        format!(
            "No API key may {}. Sign in and do it yourself.",
            rule.meaning
        )
    }
}

fn forbidden(detail: String) -> AppError {
    AppError::refused(RefusalKind::Forbidden, ErrorCode::Forbidden, detail)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn caller(role: Role, via: Via) -> Caller {
        let now = Timestamp::UNIX_EPOCH;
        Caller {
            user: UserId::new(now),
            name: "Ada".to_owned(),
            via,
            workspace: WorkspaceId::new(now),
            role,
            is_admin: false,
            is_verified: true,
            took_two_steps: false,
            request_key: None,
        }
    }

    fn session() -> Via {
        Via::Session(SessionId::new(Timestamp::UNIX_EPOCH))
    }

    fn key(scopes: &[Action]) -> Via {
        Via::Key(KeyInHand {
            id: ApiKeyId::new(Timestamp::UNIX_EPOCH),
            name: "n8n".to_owned(),
            scopes: scopes.to_vec(),
        })
    }

    fn refused(role: Role, via: Via, action: Action) -> String {
        match caller(role, via).require(action) {
            Err(AppError::Refused(refusal)) => refusal.detail,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_says_what_is_lacking() {
        let told = refused(Role::Viewer, session(), Action::PostsWrite);
        assert!(told.contains("is viewer"), "{told}");
        assert!(told.contains("owner, admin, editor"), "{told}");
        let told = refused(Role::Owner, key(&[Action::PostsRead]), Action::PostsWrite);
        assert!(told.contains("lacks the scope posts.write"), "{told}");
        let told = refused(Role::Viewer, key(&[Action::PostsWrite]), Action::PostsWrite);
        assert!(told.contains("is viewer now"), "{told}");
        let told = refused(Role::Owner, key(&[]), Action::KeysManage);
        assert!(told.contains("No API key may"), "{told}");
    }

    #[test]
    fn what_belongs_to_the_installation_takes_an_administrator() {
        let mut owner = caller(Role::Owner, session());
        assert!(owner.require(Action::InstallationManage).is_err());
        owner.is_admin = true;
        assert!(owner.require(Action::InstallationManage).is_ok());
    }

    #[test]
    fn who_has_not_proved_their_address_looks_around_but_does_not_publish() {
        let mut owner = caller(Role::Owner, session());
        owner.is_verified = false;
        assert!(owner.require(Action::PostsWrite).is_ok());
        assert!(owner.require(Action::PostsPublish).is_err());
    }

    #[test]
    fn a_key_is_named_beside_its_person() {
        assert_eq!(caller(Role::Owner, session()).actor().name, "Ada");
        assert_eq!(caller(Role::Owner, key(&[])).actor().name, "Ada (n8n)");
    }
}
