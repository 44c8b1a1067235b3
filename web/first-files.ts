import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";
import { partsOf } from "./first-shown.ts";

/** Which page an address shows, by its first segment. Only those that are opened by their address, not by a click, gain by standing here. */
const PAGES: Record<string, string> = {
  "": "home/HomePage",
  login: "account/LogInPage",
  register: "account/RegisterPage",
  calendar: "calendar/CalendarPage",
  compose: "composer/ComposePage",
  connections: "connections/ConnectionsPage",
  library: "media/LibraryPage",
  posts: "posts/PostsPage",
  queue: "queue/QueuePage",
  settings: "api-keys/ApiKeysPage",
  setup: "setup/SetupPage",
};

const LANGUAGES = ["en", "es"];

/**
 * Names in the page itself what a browser would otherwise find out step by step: who is here, the frame, the letters; and leaves in
 * `first-files.json` what the program adds to that for each page and each language.
 *
 * Most who come are signed in, so the frame is worth fetching before it is known.
 */
export function firstFiles(): Plugin {
  return {
    name: "first-files",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => (bundle ? framed(bundle) : []),
    },
    // The names of the files are known only once all of them are made.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const source = JSON.stringify({ pages: perPage(bundle), words: perLanguage(bundle) });
        this.emitFile({ type: "asset", fileName: "first-files.json", source });
      },
    },
  };
}

function framed(bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] {
  const letters = Object.keys(bundle).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
  return [
    preload({ as: "fetch", href: "/api/auth/status", crossorigin: true }),
    ...(letters ? [preload({ as: "font", type: "font/woff2", href: `/${letters}`, crossorigin: true })] : []),
    ...inOrder(without(entry(bundle), frame(bundle))).map((name) =>
      isSheet(name)
        ? preload({ as: "style", href: `/${name}`, crossorigin: true })
        : link({ rel: "modulepreload", href: `/${name}`, crossorigin: true }),
    ),
  ];
}

const link = (attrs: HtmlTagDescriptor["attrs"]): HtmlTagDescriptor => ({
  tag: "link",
  attrs,
  injectTo: "head",
});
const preload = (attrs: HtmlTagDescriptor["attrs"]): HtmlTagDescriptor => link({ rel: "preload", ...attrs });

/** For each page, the tags that name what it needs beside the frame. */
function perPage(bundle: Rolldown.OutputBundle): Record<string, string> {
  const known = new Set([...entry(bundle), ...frame(bundle)]);
  const named = Object.entries(PAGES).map(([address, page]) => {
    const modules = [page, ...partsOf(page)].map((part) => `/features/${part}.tsx`);
    return [address, tags(without(known, filesOf(bundle, modules)))];
  });
  return Object.fromEntries(named);
}

/** For each language, the tags that name its words. */
function perLanguage(bundle: Rolldown.OutputBundle): Record<string, string> {
  const named = LANGUAGES.map((code) => {
    const words = filesOf(bundle, [`/i18n/${code}/index.ts`]);
    return [code, tags(without(entry(bundle), words))];
  });
  return Object.fromEntries(named);
}

const tags = (files: string[]): string =>
  inOrder(files)
    .map((name) =>
      isSheet(name)
        ? `<link rel="preload" as="style" href="/${name}" crossorigin>`
        : `<link rel="modulepreload" href="/${name}" crossorigin>`,
    )
    .join("");

const isSheet = (name: string) => name.endsWith(".css");

/** Style sheets before scripts: nothing shows without them. */
const inOrder = (files: string[]) => [
  ...files.filter(isSheet),
  ...files.filter((name) => name.endsWith(".js")),
];

const without = (known: Set<string>, files: Set<string>) => [...files].filter((name) => !known.has(name));

const frame = (bundle: Rolldown.OutputBundle) => filesOf(bundle, ["/FramePage.tsx"]);

function entry(bundle: Rolldown.OutputBundle): Set<string> {
  const first = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
  return first ? withImports(bundle, first.fileName) : new Set();
}

/** The files that hold these modules, with all that they import at once. A module without a file of its own is a mistake here. */
function filesOf(bundle: Rolldown.OutputBundle, modules: string[]): Set<string> {
  const found = new Set<string>();
  for (const module of modules) {
    const file = Object.values(bundle).find(
      (one) => one.type === "chunk" && one.facadeModuleId?.endsWith(module),
    );
    if (!file) throw new Error(`first-files.ts names ${module}, which has no file of its own`);
    withImports(bundle, file.fileName, found);
  }
  return found;
}

function withImports(bundle: Rolldown.OutputBundle, name: string, found = new Set<string>()): Set<string> {
  const file = bundle[name];
  if (file?.type !== "chunk" || found.has(name)) return found;
  found.add(name);
  file.viteMetadata?.importedCss.forEach((sheet) => {
    found.add(sheet);
  });
  for (const each of file.imports) withImports(bundle, each, found);
  return found;
}
