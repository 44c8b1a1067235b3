//! `fanfare permissions`.

use fanfare_domain::action::{Rule, TABLE};
use fanfare_domain::role::Role;

/// Prints who may do what as a page (Markdown).
pub(super) fn print() {
    println!("# Permissions\n");
    println!(
        "What each role of a workspace may do. Every call of the API names the action that it needs as `x-permission`, and nothing \
         else decides. An API key is given actions as its scopes, where the last column says yes, and never exceeds the role that \
         whoever made it has at the time of the call. `self` stands where a call is about a person's own account or about the workspaces \
         they make, join and leave: whoever has signed in may do that, and no key may.\n"
    );
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    println!("| action | allows to | {} | API key |", roles.join(" | "));
    println!("|---|---|{}---|", "---|".repeat(roles.len()));
    for rule in TABLE {
        println!("{}", line(rule));
    }
    println!(
        "\nA post that is scheduled or out is changed, deleted and restored with `posts.publish` only; `posts.write` is for drafts. \
         `installation.manage` belongs to the administrators of the installation, whatever their role in a workspace."
    );
}

fn line(rule: &Rule) -> String {
    let yes = |is: bool| if is { "yes" } else { "–" };
    let roles = Role::ALL.iter().map(|role| yes(role.may(rule.action)));
    let columns: Vec<&str> = roles.chain([yes(rule.for_keys)]).collect();
    format!(
        "| `{}` | {} | {} |",
        rule.action,
        rule.meaning,
        columns.join(" | ")
    )
}
