//! The key ring's use cases: which key seals what, sealing everything anew, and whether a key is missing.

mod forget;
mod reseal;
mod uses;

pub use forget::forget;
pub use reseal::{Resealed, reseal};
pub use uses::{KeyUses, Missing, Wrong, uses};
