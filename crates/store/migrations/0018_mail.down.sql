ALTER TABLE users DROP COLUMN language;
DROP TABLE mail_templates;
DROP TABLE mail_suppressions;
DROP TABLE mail_messages;
