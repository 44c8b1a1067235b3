ALTER TABLE connections DROP COLUMN person_id;
