import type { en } from "../en";
import type { Translation } from "../translation";
import { account } from "./account";
import { calendar } from "./calendar";
import { composer } from "./composer";
import { connections } from "./connections";
import { editor } from "./editor";
import { errors } from "./errors";
import { frame } from "./frame";
import { help } from "./help";
import { legal } from "./legal";
import { library } from "./library";
import { posts } from "./posts";

/** The Spanish catalogue. Its type is the English one's, so a sentence that is missing here does not compile. */
export const es: Translation<typeof en> = {
  ...frame,
  ...account,
  calendar,
  connections,
  help,
  legal,
  library,
  composer,
  editor,
  posts,
  errors,
};
