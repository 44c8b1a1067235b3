import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../src/routes");
const ROUTE = /export const (\w+) = createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*path: "([^"]+)"/g;

/** The address of every page, with `$name` for what varies, as the routes of the interface have them. */
export function everyRoute(): string[] {
  const sources = readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), "utf8"));
  const routes = new Map(
    sources
      .flatMap((source) => [...source.matchAll(ROUTE)])
      .map(([, name = "", parent = "", path = ""]) => [name, { parent, path }] as const),
  );
  const declared = sources.join("").match(/\bpath: "/g)?.length;
  if (routes.size !== declared) throw new Error(`read ${routes.size} of ${declared} routes`);
  const whole = ({ parent, path }: { parent: string; path: string }): string => {
    const above = routes.get(parent);
    return path.startsWith("/") || !above ? path : `${whole(above)}/${path}`;
  };
  return [...routes.values()].map(whole);
}

/** Whether an address is one of a route's. */
export function isOf(route: string, address: string): boolean {
  const shape = route.replace(/\/\{-\$\w+\}/g, "(/[^/]+)?").replace(/\$\w+/g, "[^/]+");
  return new RegExp(`^${shape}$`).test(address.split("?")[0] ?? "");
}
