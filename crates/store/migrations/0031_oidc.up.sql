-- Signing in with another provider (OpenID Connect).

-- What is remembered while somebody is away at the provider. Both hashes are of secrets that only their browser holds.
CREATE TABLE oidc_states (
    state_hash TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    -- A local path.
    return_to TEXT NOT NULL,
    -- The session whose account is to be linked; absent for somebody who signs in.
    session_id TEXT REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX oidc_states_by_expiry ON oidc_states (expires_at);

-- Who somebody is at a provider. Accounts that were made by such a sign-in have an empty password_hash, which no password fits.
CREATE TABLE oidc_identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- As the provider said it last; only shown.
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
);
