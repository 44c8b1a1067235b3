import type { Delivery, Post } from "@/api/model";

/** A first comment that is not there, below a post that is out. */
export interface WaitingComment {
  post: Post;
  delivery: Delivery;
  comment: NonNullable<Delivery["first_comment"]>;
}

/** The first comments that only a person can help on; those still tried by themselves wait for nobody. */
export function waitingComments(posts: readonly Post[]): WaitingComment[] {
  return posts.flatMap((post) =>
    post.deliveries.flatMap((delivery) => {
      const comment = delivery.first_comment;
      const waits = comment?.state === "failed" || comment?.state === "needs_attention";
      return comment && waits ? [{ post, delivery, comment }] : [];
    }),
  );
}
