DROP TABLE delivery_attempts;
DROP TABLE deliveries;
DROP TABLE post_media;
DROP TABLE posts;
