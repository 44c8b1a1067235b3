-- Messages by e-mail: what is to be sent, what became of it, and the texts that an administrator changed.

CREATE TABLE mail_messages (
    id TEXT PRIMARY KEY,
    -- Whose account it is about; mail to strangers (invitations) has none.
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    to_address TEXT NOT NULL,
    -- Which template it was made from.
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- The sealed bodies, in which links lie that let somebody in; gone once it has left.
    sealed_body @bytes,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX mail_messages_by_status ON mail_messages (status, id);
CREATE INDEX mail_messages_by_user ON mail_messages (user_id);

-- Addresses that took no mail. Nothing is sent there again before an administrator tries it.
CREATE TABLE mail_suppressions (
    address TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE mail_templates (
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (name, language)
);

-- The language in which somebody is written to.
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
