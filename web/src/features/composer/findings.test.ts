import { expect, test } from "vitest";
import { type AnyFinding, mediaIndexOf, placeOptions, sectionOf, share } from "./findings";

const finding = (change: Partial<AnyFinding>): AnyFinding => ({
  channel_id: "a",
  level: "error",
  code: "text_too_long",
  field: "text",
  detail: "8 too many.",
  fix: null,
  ...change,
});

test("the same words of two channels are said once, errors before warnings", () => {
  const shared = share([
    finding({ level: "warning", code: "link_not_clickable", detail: "Links." }),
    finding({ channel_id: "a" }),
    finding({ channel_id: "b" }),
    finding({ channel_id: "c", detail: "9 too many." }),
  ]);
  expect(shared.map(({ channelIds, detail }) => [channelIds.join(), detail])).toEqual([
    ["a,b", "8 too many."],
    ["c", "9 too many."],
    ["a", "Links."],
  ]);
});

test("every field belongs to a part of the composer", () => {
  expect(
    ["text", "media", "media.0.alt", "options.visibility", "channel_ids", "schedule.at", "link"].map(
      sectionOf,
    ),
  ).toEqual(["text", "media", "media", "options", "channels", "when", "text"]);
  expect([mediaIndexOf("media.2.alt"), mediaIndexOf("media"), mediaIndexOf("text")]).toEqual([2, null, null]);
});

test("what is said of an option stands at its input where that is shown, and elsewhere for other channels", () => {
  const shown = { id: "a", rules: { options: [{ name: "visibility" }] } } as never;
  const both = share([
    finding({ field: "options.visibility", channel_id: "a" }),
    finding({ field: "options.visibility", channel_id: "b" }),
    finding({ field: "options.unheard_of", channel_id: "a" }),
  ]);
  const told = (findings: { field: string; channelIds: string[] }[]) =>
    findings.map(({ field, channelIds }) => `${field} ${channelIds}`);
  const { atInput, elsewhere } = placeOptions(both, shown);
  expect(told(atInput)).toEqual(["options.visibility a,b"]);
  expect(told(elsewhere)).toEqual(["options.visibility b", "options.unheard_of a"]);
  expect(placeOptions(both, undefined)).toEqual({ atInput: [], elsewhere: both });
});
