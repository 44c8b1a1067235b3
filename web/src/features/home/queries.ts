import { somePostsQuery } from "@/features/posts/queries";

/** Posts a card shows. */
export const SHOWN = 5;
/** So many of the posts that went out last are looked through for first comments that are not there. */
const LOOKED_THROUGH = 50;

export const NEEDS = somePostsQuery("needs", SHOWN);
export const NEXT = somePostsQuery("scheduled", SHOWN, "due");
export const PUBLISHED = somePostsQuery("published", LOOKED_THROUGH, "due_desc");
