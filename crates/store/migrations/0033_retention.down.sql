DROP TABLE workspace_exports;
DROP TABLE retention;
