DROP TABLE hashtag_groups;
DROP TABLE content_templates;
DROP TABLE post_versions;
