import { account } from "./account";
import { calendar } from "./calendar";
import { comments } from "./comments";
import { composer } from "./composer";
import { connections } from "./connections";
import { errors } from "./errors";
import { frame } from "./frame";
import { legal } from "./legal";
import { posts } from "./posts";
import { scheduling } from "./scheduling";

/** The English catalogue: every sentence the interface says. */
export const en = {
  ...frame,
  ...account,
  calendar,
  comments,
  composer,
  connections,
  errors,
  legal,
  posts,
  scheduling,
};
