import { fileURLToPath } from "node:url";
import type { Rolldown } from "vite";

type Group = NonNullable<
  Exclude<NonNullable<Rolldown.OutputOptions["codeSplitting"]>, boolean>["groups"]
>[number];

/** Small parts that are on nearly every page, Mantine's and ours, and Mantine's hooks. */
const BASICS =
  /[/]@mantine[/](core[/]esm[/]components[/](ActionIcon|Badge|CloseButton|Skeleton|VisuallyHidden)[/]|hooks[/](?!.*(focus|long-press|debounced|click-outside|clipboard|mutation-observer)))|[/]src[/](ui[/](Ago|Badge|PlatformTile|Together|over[/]Dialog)|features[/]media[/]Thumb)/;
/** What people write and tick in. */
const FIELDS = /[/]@mantine[/]core[/]esm[/]components[/](Checkbox|Input|InputBase|NativeSelect|TextInput)[/]/;
/** A choice among few, on pages that show one thing in several ways. */
const CHOICES = /[/]@mantine[/]core[/]esm[/]components[/](SegmentedControl|FloatingIndicator)[/]/;
/** How a post is told, on whatever page. */
const POST_ROWS = /[/]src[/](features[/](posts[/](StateBadge|states|words)|queue[/]words|repeat[/]rule))/;

/**
 * Which modules share a file. Left alone, the bundler makes one of every few that the same pages need, and a page of eighty tiny
 * files waits for requests, not for bytes.
 */
export const groups: Group[] = [
  // All that is needed in any case is one file, whose style sheet puts the layers in their order before any other can.
  { name: "base", tags: ["$initial"] },
  { name: (id, graph) => (isPartOfFrame(id, graph) ? "frame" : null) },
  // One file for each icon would be a request for each. Before what has icons in it, or those would be in that file alone.
  { name: "icons", test: /[/]lucide-react[/]/, minShareCount: 6 },
  { name: "basics", test: BASICS, minShareCount: 4 },
  { name: "choices", test: CHOICES, minShareCount: 2 },
  { name: "fields", test: FIELDS, minShareCount: 6 },
  { name: "post-rows", test: POST_ROWS, minShareCount: 2 },
];

const FRAME = fileURLToPath(new URL("./src/features/frame/FramePage.tsx", import.meta.url));
let parts: Set<string> | undefined;

/** Whether the frame around the pages imports the module, at once or through others. Itself it keeps a file of its own. */
function isPartOfFrame(id: string, graph: Rolldown.ChunkingContext): boolean {
  parts ??= importedFrom(FRAME, graph);
  return parts.has(id);
}

function importedFrom(id: string, graph: Rolldown.ChunkingContext, found = new Set<string>()): Set<string> {
  for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) {
    // A library imports all of itself by its index, whatever is used.
    if (found.has(imported) || imported.includes("/node_modules/")) continue;
    found.add(imported);
    importedFrom(imported, graph, found);
  }
  return found;
}
