//! Telling programs outside what happens here, as [Standard Webhooks](https://www.standardwebhooks.com) has it.

pub mod sign;

#[cfg(test)]
mod guide;
