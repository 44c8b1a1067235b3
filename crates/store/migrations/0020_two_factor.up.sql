-- The second step of signing in.

CREATE TABLE two_factor (
    user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- The sealed secret that the person's device shares with us.
    sealed_secret @bytes NOT NULL,
    -- The last time step whose code was taken: none is taken twice, nor an older one.
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Codes for a day without the device, hashed like passwords, each for one use.
CREATE TABLE backup_codes (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- Since when signing in takes the second step; absent while it does not.
ALTER TABLE users ADD COLUMN two_factor_at BIGINT;
