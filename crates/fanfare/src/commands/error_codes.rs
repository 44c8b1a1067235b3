//! `fanfare error-codes`.

use fanfare_domain::ErrorCode;

/// Prints the list of all codes as a page (Markdown).
pub(super) fn print() {
    println!("# Error codes\n");
    println!(
        "Codes are stable: clients may rely on them. `detail` beside a code says what happened this time.\n"
    );
    println!("| code | meaning |\n|---|---|");
    for code in ErrorCode::ALL {
        println!("| `{code}` | {} |", code.meaning());
    }
}
