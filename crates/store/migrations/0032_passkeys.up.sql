-- Signing in without a password (WebAuthn).

-- A key pair whose private half a person's authenticator keeps.
CREATE TABLE passkeys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- As the authenticator names it.
    credential_id TEXT NOT NULL UNIQUE,
    -- The public key, the counter and what else is checked, as the library keeps it.
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkeys_by_user ON passkeys (user_id);

-- What an authenticator was asked to sign. It is taken away when the answer comes, whatever the answer is.
CREATE TABLE passkey_challenges (
    id TEXT PRIMARY KEY,
    -- Of what only the browser that asked holds.
    browser_hash TEXT NOT NULL,
    -- Whose passkey is to be made; absent for signing in.
    session_id TEXT REFERENCES sessions (id) ON DELETE CASCADE,
    kept TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenges_by_expiry ON passkey_challenges (expires_at);
