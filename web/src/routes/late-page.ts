import { lazyRouteComponent } from "@tanstack/react-router";
import { speakLate } from "@/i18n";

/** A page that is loaded with its words, which are not among those that every page brings. */
// biome-ignore lint/suspicious/noExplicitAny: as the router says it
export function latePage<Module extends Record<string, any>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(async () => (await Promise.all([load(), speakLate()]))[0], name);
}
