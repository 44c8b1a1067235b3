import type { en } from "../en";
import type { Translation } from "../translation";
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

/** The Spanish catalogue. Its type is the English one's, so a sentence that is missing here does not compile. */
export const es: Translation<typeof en> = {
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
