DROP TABLE token_refresh_log;
DROP TABLE app_registrations;
DROP TABLE oauth_states;
DROP TABLE channels;
DROP TABLE connections;
