-- A planned post that a person holds back: nothing of it begins until it is resumed.

ALTER TABLE posts ADD COLUMN paused_at BIGINT;
