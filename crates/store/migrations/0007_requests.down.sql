DROP TABLE installation_facts;
DROP TABLE idempotency_keys;
