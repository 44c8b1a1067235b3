ALTER TABLE posts DROP COLUMN paused_at;
