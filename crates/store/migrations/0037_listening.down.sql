DROP INDEX engagement_latest;
DROP TABLE account_notices;
DROP TABLE catch_ups;
DROP TABLE channel_subscriptions;
