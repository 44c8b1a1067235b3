import { account } from "./account";
import { apiKeys } from "./api-keys";
import { calendar } from "./calendar";
import { comments } from "./comments";
import { composer } from "./composer";
import { connections } from "./connections";
import { editor } from "./editor";
import { errors } from "./errors";
import { frame } from "./frame";
import { help } from "./help";
import { legal } from "./legal";
import { library } from "./library";
import { posts } from "./posts";
import { scheduling } from "./scheduling";

/** The English catalogue: every sentence the interface says. */
export const en = {
  ...frame,
  ...account,
  apiKeys,
  calendar,
  comments,
  composer,
  connections,
  editor,
  errors,
  help,
  legal,
  library,
  posts,
  scheduling,
};
