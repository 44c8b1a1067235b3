-- What a calendar asks for: the posts of a range of time, by when they are due and by when they went out.

CREATE INDEX posts_by_due ON posts (workspace_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_by_publication ON deliveries (workspace_id, published_at) WHERE published_at IS NOT NULL;
