//! PKCE and the authorization-code exchange, as far as platforms share them.
