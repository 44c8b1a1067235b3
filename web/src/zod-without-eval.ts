import { config } from "zod";

// Zod tries whether it may make code at run time as soon as a schema is made, and the policy reports the try. So this comes first.
config({ jitless: true });
