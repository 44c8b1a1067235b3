DROP INDEX deliveries_by_channel_time;
DROP TABLE series_posts;
DROP TABLE post_series;
DROP TABLE channel_queues;
