DROP TABLE first_runs;
DROP TABLE pages;
