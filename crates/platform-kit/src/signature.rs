//! Keyed hashes that platforms ask for.
