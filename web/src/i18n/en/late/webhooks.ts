import { hearing } from "../hearing";
import { listening } from "../listening";
import { telling } from "../telling";

/** The words of what platforms tell, and of what is told on. */
export const webhooksWords = { hearing, listening, telling };
