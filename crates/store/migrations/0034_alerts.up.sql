-- What people are told by e-mail of their own accord, and what they said about it.

-- When the other side said that the message had arrived, where it says so.
ALTER TABLE mail_messages ADD COLUMN delivered_at BIGINT;

-- Browsers and devices by which somebody has signed in, in words: another one is worth a message.
CREATE TABLE known_browsers (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    browser TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, browser)
);

-- What somebody gets, and wants no more of. The token is in the link of each message of the kind.
CREATE TABLE mail_preferences (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    off_at BIGINT,
    PRIMARY KEY (user_id, kind)
);

-- When the workspace was told that something is wrong with it; empty again once it works.
ALTER TABLE connections ADD COLUMN alerted_at BIGINT;
CREATE INDEX connections_ending ON connections (expires_at) WHERE alerted_at IS NULL AND NOT refreshable AND status = 'connected';
