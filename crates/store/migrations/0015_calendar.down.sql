DROP INDEX deliveries_by_publication;
DROP INDEX posts_by_due;
