import type { webhooksWords as english } from "../../en/late/webhooks";
import type { Translation } from "../../translation";
import { hearing } from "../hearing";
import { listening } from "../listening";
import { telling } from "../telling";

/** Las palabras de lo que cuentan las plataformas y de lo que se cuenta a otros. */
export const webhooksWords: Translation<typeof english> = { hearing, listening, telling };
