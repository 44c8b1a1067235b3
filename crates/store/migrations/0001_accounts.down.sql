DROP TABLE members;
DROP TABLE workspaces;
DROP TABLE sessions;
DROP TABLE users;
