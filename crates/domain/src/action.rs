//! What can be done in a workspace, and which roles may do it: one table, which the API enforces and the documentation shows.

use crate::named;
use crate::role::Role;

named! {
    /// Something that a member may or may not do. Also what an API key can be given, as its scopes.
    pub enum Action {
        WorkspaceRead = "workspace.read",
        WorkspaceSettings = "workspace.settings",
        WorkspaceDelete = "workspace.delete",
        WorkspaceExport = "workspace.export",
        FiltersKeep = "filters.keep",
        NotificationsRead = "notifications.read",
        PostsRead = "posts.read",
        PostsWrite = "posts.write",
        PostsPublish = "posts.publish",
        MediaRead = "media.read",
        MediaWrite = "media.write",
        ChannelsRead = "channels.read",
        ChannelsWrite = "channels.write",
        ConnectionsRead = "connections.read",
        ConnectionsWrite = "connections.write",
        ConnectionsConnect = "connections.connect",
        WebhooksRead = "webhooks.read",
        WebhooksManage = "webhooks.manage",
        AuditRead = "audit.read",
        MembersRead = "members.read",
        MembersManage = "members.manage",
        KeysManage = "keys.manage",
        InstallationManage = "installation.manage",
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub action: Action,
    /// As in "to … you need this".
    pub meaning: &'static str,
    /// None may what only administrators of the installation may.
    pub roles: &'static [Role],
    /// It can be a scope of an API key.
    pub for_keys: bool,
}

const EVERYBODY: &[Role] = Role::ALL;
const AUTHORS: &[Role] = &[
    Role::Owner,
    Role::Admin,
    Role::Editor,
    Role::Contributor,
    Role::Assistant,
];
const EDITORS: &[Role] = &[Role::Owner, Role::Admin, Role::Editor];
const MANAGERS: &[Role] = &[Role::Owner, Role::Admin];
const OWNERS: &[Role] = &[Role::Owner];

/// Who may do what, action by action.
pub const TABLE: &[Rule] = &[
    scope(
        Action::WorkspaceRead,
        "see the workspace's name and its first steps",
        EVERYBODY,
    ),
    scope(
        Action::WorkspaceSettings,
        "rename the workspace and change its settings",
        MANAGERS,
    ),
    person(
        Action::WorkspaceDelete,
        "hand the workspace over to another member, or delete it",
        OWNERS,
    ),
    person(
        Action::WorkspaceExport,
        "take the whole workspace along as an archive",
        MANAGERS,
    ),
    person(Action::FiltersKeep, "keep filters for oneself", EVERYBODY),
    person(
        Action::NotificationsRead,
        "see what one was told, and mark it as read",
        EVERYBODY,
    ),
    scope(
        Action::PostsRead,
        "see posts, their deliveries, the calendar and what posts are begun with",
        EVERYBODY,
    ),
    scope(
        Action::PostsWrite,
        "write drafts, content templates and hashtag groups",
        AUTHORS,
    ),
    scope(
        Action::PostsPublish,
        "schedule, publish, cancel and retry posts, and change what is scheduled",
        EDITORS,
    ),
    scope(
        Action::MediaRead,
        "see and download the library's files",
        EVERYBODY,
    ),
    scope(
        Action::MediaWrite,
        "add, change and delete files of the library, and take some from connected accounts",
        AUTHORS,
    ),
    scope(
        Action::ChannelsRead,
        "see channels, channel groups and queues",
        EVERYBODY,
    ),
    scope(
        Action::ChannelsWrite,
        "pause, rename, order and group channels, and set their queues",
        EDITORS,
    ),
    scope(
        Action::ConnectionsRead,
        "see platforms, connections and their health",
        EVERYBODY,
    ),
    scope(
        Action::ConnectionsWrite,
        "check, refresh, set up and disconnect connections",
        MANAGERS,
    ),
    person(
        Action::ConnectionsConnect,
        "connect accounts and reconnect them",
        MANAGERS,
    ),
    scope(
        Action::WebhooksRead,
        "see what platforms tell, messages from people among it, and which programs are told what happens",
        EDITORS,
    ),
    scope(
        Action::WebhooksManage,
        "have what platforms told worked off again, delete it, and say which programs are told what happens",
        MANAGERS,
    ),
    scope(Action::AuditRead, "read the audit log", MANAGERS),
    person(
        Action::MembersRead,
        "see who the workspace's members are",
        EVERYBODY,
    ),
    person(
        Action::MembersManage,
        "invite and remove members and change their roles",
        MANAGERS,
    ),
    person(
        Action::KeysManage,
        "make, change and revoke API keys",
        MANAGERS,
    ),
    person(
        Action::InstallationManage,
        "change what belongs to the whole installation",
        &[],
    ),
];

const fn scope(action: Action, meaning: &'static str, roles: &'static [Role]) -> Rule {
    Rule {
        action,
        meaning,
        roles,
        for_keys: true,
    }
}

/// What no program does for a person: about people, about keys, or at a browser.
const fn person(action: Action, meaning: &'static str, roles: &'static [Role]) -> Rule {
    Rule {
        action,
        meaning,
        roles,
        for_keys: false,
    }
}

impl Action {
    /// Its line of the table.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        TABLE
            .iter()
            .find(|rule| rule.action == self)
            .expect("the table has a line for every action")
    }
}

impl Role {
    /// Whether the table lets this role do it.
    #[must_use]
    pub fn may(self, action: Action) -> bool {
        action.rule().roles.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_line_in_its_order() {
        let lines: Vec<Action> = TABLE.iter().map(|rule| rule.action).collect();
        assert_eq!(lines, Action::ALL);
    }

    #[test]
    fn each_role_may_what_the_product_says_of_it() {
        let may = |role: Role| -> Vec<&str> {
            let allowed = Action::ALL.iter().filter(|action| role.may(**action));
            allowed.map(|action| action.as_str()).collect()
        };
        let reading = [
            "workspace.read",
            "filters.keep",
            "notifications.read",
            "posts.read",
            "media.read",
            "channels.read",
            "connections.read",
            "members.read",
        ];
        assert_eq!(may(Role::Viewer), reading);
        // Both write what others decide about.
        assert_eq!(may(Role::Assistant), may(Role::Contributor));
        let written: Vec<_> = may(Role::Contributor)
            .into_iter()
            .filter(|action| !reading.contains(action))
            .collect();
        assert_eq!(written, ["posts.write", "media.write"]);
        assert!(Role::Editor.may(Action::PostsPublish));
        assert!(Role::Editor.may(Action::WebhooksRead));
        assert!(!Role::Editor.may(Action::WebhooksManage));
        assert!(!Role::Editor.may(Action::ConnectionsConnect));
        // An admin does whatever an owner does, short of giving the workspace away.
        let beyond: Vec<_> = may(Role::Owner)
            .into_iter()
            .filter(|action| !may(Role::Admin).contains(action))
            .collect();
        assert_eq!(beyond, ["workspace.delete"]);
        assert_eq!(may(Role::Owner).len(), Action::ALL.len() - 1);
    }

    #[test]
    fn keys_can_be_given_nothing_about_keys_or_people() {
        for action in [
            Action::KeysManage,
            Action::MembersRead,
            Action::MembersManage,
            Action::WorkspaceDelete,
            Action::WorkspaceExport,
            Action::InstallationManage,
        ] {
            assert!(!action.rule().for_keys, "{action}");
        }
    }
}
