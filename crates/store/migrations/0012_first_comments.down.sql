DROP TABLE first_comments;
