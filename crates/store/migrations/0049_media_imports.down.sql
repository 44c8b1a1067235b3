DROP TABLE media_imports;
