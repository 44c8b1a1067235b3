DROP TABLE api_key_calls;
DROP TABLE api_key_days;
DROP TABLE api_keys;
