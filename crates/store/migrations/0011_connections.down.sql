DROP TABLE connection_checks;
DROP TABLE integration_settings;
DROP TABLE channel_group_members;
DROP TABLE channel_groups;
ALTER TABLE channels DROP COLUMN position;
