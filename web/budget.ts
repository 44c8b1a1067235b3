import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";
import { partsOf, rarePartsOf, rareWordsOf, wordsOfPages } from "./first-shown.ts";

/** What a browser may have to fetch before the first page shows, in bytes after gzip: JavaScript and style sheets together. */
const FIRST_LOAD = 250_000;
/** Pages without the frame that surrounds all others. */
const FRAMELESS = [
  "LogInPage",
  "RegisterPage",
  "ForgotPasswordPage",
  "ResetPasswordPage",
  "VerifyEmailPage",
  "ConfirmEmailPage",
  "RecoverTwoFactorPage",
  "InvitationPage",
  "NewWorkspacePage",
  "ApiDocsPage",
  "FramePage",
];
/** A page that a person goes to from another one; the editor is part of it. */
const LATER = ["ComposePage"];
const PAGE = /\/features\/(.*\/(\w+Page))\.tsx$/;

/** Fails the build when a page that may be the first one needs more than the budget. */
export function budget(): Plugin {
  return {
    name: "budget",
    apply: "build",
    writeBundle(_, bundle) {
      const weights = pageWeights(bundle);
      const told = weights.map(({ page, bytes }) => `${page} ${(bytes / 1000).toFixed(0)} kB`).join(", ");
      this.info(`first load after gzip: ${told}`);
      const heavy = weights.filter(({ page, bytes }) => bytes > FIRST_LOAD && !LATER.includes(page));
      if (heavy.length > 0)
        this.error(
          `More than ${FIRST_LOAD / 1000} kB before the first page shows: ${told}. Load later what is not seen at once.`,
        );
    },
  };
}

function pageWeights(bundle: Rolldown.OutputBundle): { page: string; bytes: number }[] {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const file = (module: string | RegExp) => {
    const isIt = (id: string) => (typeof module === "string" ? id.endsWith(module) : module.test(id));
    const found = chunks.find(({ facadeModuleId }) => facadeModuleId && isIt(facadeModuleId));
    if (!found) throw new Error(`${module} is to be weighed and has no file of its own`);
    return found.fileName;
  };
  // The words of one language are needed before anything shows.
  const always = [
    ...chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName),
    file("/i18n/en/index.ts"),
  ];
  const frame = file("/features/frame/FramePage.tsx");
  const words = wordsOfPages();
  // All that is fetched without anybody's doing, and not only what the page imports.
  const weigh = (page: string, path: string) =>
    weightOf(bundle, [
      ...always,
      ...(FRAMELESS.includes(page) ? [] : [frame]),
      ...[path, ...partsOf(path), ...rarePartsOf(path)].map((part) => file(`/features/${part}.tsx`)),
      ...[...(words.get(path) ?? []), ...rareWordsOf(path)].map((group) =>
        file(new RegExp(`/i18n/en/(late/)?${group}\\.ts$`)),
      ),
    ]);
  return chunks
    .flatMap(({ facadeModuleId }) => {
      const [, path, page] = PAGE.exec(facadeModuleId ?? "") ?? [];
      return path && page ? [{ page, bytes: weigh(page, path) }] : [];
    })
    .sort((one, other) => other.bytes - one.bytes);
}

/** The weight of these files with everything they import at once. */
function weightOf(bundle: Rolldown.OutputBundle, names: string[]): number {
  const needed = new Set<string>();
  const collect = (name: string) => {
    const file = bundle[name];
    if (!file || needed.has(name)) return;
    needed.add(name);
    if (file.type !== "chunk") return;
    file.imports.forEach(collect);
    file.viteMetadata?.importedCss.forEach(collect);
  };
  names.forEach(collect);
  return [...needed].reduce((sum, name) => sum + gzipped(bundle[name]), 0);
}

function gzipped(file: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): number {
  if (!file || basename(file.fileName).endsWith(".woff2")) return 0;
  return gzipSync(file.type === "chunk" ? file.code : file.source).length;
}
