import { expect, test } from "vitest";
import type { ContentTemplate, Media } from "@/api/model";
import { emptyDraft, textFor, withChannel, withMedia, withOption, withText } from "./draft";
import { templateOf, withTemplate } from "./templates";

const CHANNELS = [
  { id: "f1", platform: "facebook" },
  { id: "f2", platform: "facebook" },
  { id: "m", platform: "mastodon" },
];

test("a draft becomes a template by platform and comes back on whatever channels there are", () => {
  let draft = withMedia(withText(emptyDraft(), null, "For all"), [{ id: "1", alt: "A loaf" } as Media]);
  for (const id of ["f1", "f2", "m"]) draft = withChannel(draft, id, true);
  draft = withText(withText(draft, "f1", "First page"), "f2", "Second page");
  draft = withOption(draft, "m", "visibility", "unlisted");
  const kept = templateOf(draft, CHANNELS);
  expect(kept).toEqual({
    text: "For all",
    media: [{ id: "1", alt: "A loaf" }],
    variants: {
      facebook: { text: "First page", options: {} },
      mastodon: { text: null, options: { visibility: "unlisted" } },
    },
  });

  const fresh = withChannel(withText(emptyDraft(), null, "Old"), "f2", true);
  const used = withTemplate(fresh, kept as unknown as ContentTemplate, CHANNELS);
  expect([textFor(used, null), textFor(used, "f2"), textFor(used, "m")]).toEqual([
    "For all",
    "First page",
    "For all",
  ]);
  expect(used.channelIds).toEqual(["f2"]);
  expect(used.variants.m?.options).toEqual({ visibility: "unlisted" });
});
