DROP TABLE saved_filters;
DROP INDEX posts_deleted;
DROP INDEX posts_by_author;
DROP INDEX posts_counted;
DROP INDEX posts_by_time;
ALTER TABLE posts DROP COLUMN deleted_at;
ALTER TABLE posts DROP COLUMN search_text;
ALTER TABLE posts DROP COLUMN happens_at;
