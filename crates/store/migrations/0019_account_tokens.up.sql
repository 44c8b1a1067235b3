-- What proves that somebody reads their mail, or knows their password but has not taken the second step yet.

-- A token is known by its hash, so that a stolen database opens nothing. It is taken away when it is used.
CREATE TABLE account_tokens (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    -- It works from then on.
    valid_from BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX account_tokens_by_user ON account_tokens (user_id, purpose);
CREATE INDEX account_tokens_by_expiry ON account_tokens (expires_at);

-- The address that somebody wants, until both addresses have agreed.
CREATE TABLE email_changes (
    user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    new_email TEXT NOT NULL CHECK (new_email = lower(trim(new_email))),
    old_agreed BOOLEAN NOT NULL,
    new_agreed BOOLEAN NOT NULL,
    expires_at BIGINT NOT NULL
);
