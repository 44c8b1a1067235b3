import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

/**
 * Names in the page itself what a browser would otherwise find out step by step: who is here, the frame, and the letters.
 *
 * Most who come are signed in, so the frame is worth fetching before it is known.
 */
export function firstFiles(): Plugin {
  return {
    name: "first-files",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => (bundle ? tags(bundle) : []),
    },
  };
}

function tags(bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] {
  const letters = Object.keys(bundle).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
  const { chunks, sheets } = frame(bundle);
  return [
    preload({ as: "fetch", href: "/api/auth/status", crossorigin: true }),
    ...(letters ? [preload({ as: "font", type: "font/woff2", href: `/${letters}`, crossorigin: true })] : []),
    ...sheets.map((name) => preload({ as: "style", href: `/${name}`, crossorigin: true })),
    ...chunks.map((name) => link({ rel: "modulepreload", href: `/${name}`, crossorigin: true })),
  ];
}

const link = (attrs: HtmlTagDescriptor["attrs"]): HtmlTagDescriptor => ({
  tag: "link",
  attrs,
  injectTo: "head",
});
const preload = (attrs: HtmlTagDescriptor["attrs"]): HtmlTagDescriptor => link({ rel: "preload", ...attrs });

/** The frame's files that do not come with the entry. */
function frame(bundle: Rolldown.OutputBundle): { chunks: string[]; sheets: string[] } {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const known = filesOf(bundle, chunks.find(({ isEntry }) => isEntry)?.fileName);
  const wanted = filesOf(
    bundle,
    chunks.find(({ facadeModuleId }) => /\/FramePage\.tsx$/.test(facadeModuleId ?? ""))?.fileName,
  );
  const fresh = [...wanted].filter((name) => !known.has(name));
  return {
    chunks: fresh.filter((name) => name.endsWith(".js")),
    sheets: fresh.filter((name) => name.endsWith(".css")),
  };
}

/** A chunk with all that it imports at once. */
function filesOf(
  bundle: Rolldown.OutputBundle,
  name: string | undefined,
  found = new Set<string>(),
): Set<string> {
  const file = name ? bundle[name] : undefined;
  if (!name || file?.type !== "chunk" || found.has(name)) return found;
  found.add(name);
  file.viteMetadata?.importedCss.forEach((sheet) => {
    found.add(sheet);
  });
  for (const each of file.imports) filesOf(bundle, each, found);
  return found;
}
