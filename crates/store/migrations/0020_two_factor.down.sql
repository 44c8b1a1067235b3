ALTER TABLE users DROP COLUMN two_factor_at;
DROP TABLE backup_codes;
DROP TABLE two_factor;
