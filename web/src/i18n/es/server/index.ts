import type { ServerWords } from "../../server-words";
import { accounts } from "./accounts";
import { audit } from "./audit";
import { connecting } from "./connecting";
import { content } from "./content";
import { doctor } from "./doctor";
import { files } from "./files";
import { phrases } from "./phrases";
import { platforms } from "./platforms";
import { posts } from "./posts";
import { refusals } from "./refusals";
import { requests } from "./requests";
import { scheduling } from "./scheduling";
import { security } from "./security";
import { team } from "./team";
import { telling } from "./telling";
import { waysIn } from "./ways-in";
import { webhooks } from "./webhooks";

/** What the server says, in Spanish. What is missing here is shown in the server's own words. */
export const server: ServerWords = {
  sentences: {
    ...accounts,
    ...audit,
    ...connecting,
    ...content,
    ...doctor,
    ...files,
    ...platforms,
    ...posts,
    ...refusals,
    ...requests,
    ...scheduling,
    ...security,
    ...team,
    ...telling,
    ...waysIn,
    ...webhooks,
  },
  phrases,
};
