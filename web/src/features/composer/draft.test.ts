import { expect, test } from "vitest";
import type { Media } from "@/api/model";
import { browserZone } from "@/i18n/format";
import {
  addressOf,
  contentOf,
  type Draft,
  emptyDraft,
  isEdited,
  isEmpty,
  scheduleOf,
  textFor,
  withAddressed,
  withArrived,
  withChannel,
  withMedia,
  withMoved,
  withOption,
  withoutGone,
  withText,
} from "./draft";

const picture = (id: string) => ({ id, alt: "" }) as Media;

test("a channel says the text for all until it is edited, and again after it is given back", () => {
  let draft = withText(withChannel(emptyDraft(), "bsky", true), null, "For all");
  expect(textFor(draft, "bsky")).toBe("For all");
  draft = withText(draft, "bsky", "Short");
  expect([textFor(draft, "bsky"), textFor(draft, null), isEdited(draft, "bsky")]).toEqual([
    "Short",
    "For all",
    true,
  ]);
  draft = withText(draft, "bsky", null);
  expect([textFor(draft, "bsky"), isEdited(draft, "bsky")]).toEqual(["For all", false]);
});

test("an own text may be empty and is still the channel's own", () => {
  const draft = withText(withChannel(emptyDraft(), "ig", true), "ig", "");
  expect(contentOf(draft).variants).toEqual({ ig: { text: "" } });
});

test("what is stored leaves out variants of channels that are not chosen", () => {
  let draft = withChannel(withChannel(emptyDraft(), "a", true), "b", true);
  draft = withOption(withText(draft, "a", "A"), "b", "visibility", "unlisted");
  draft = withChannel(draft, "a", false);
  expect(contentOf(draft)).toMatchObject({
    channel_ids: ["b"],
    variants: { b: { options: { visibility: "unlisted" } } },
  });
  expect(Object.keys(contentOf(draft).variants ?? {})).toEqual(["b"]);
});

test("media is added once and moves within its bounds", () => {
  let draft = withMedia(emptyDraft(), [picture("1"), picture("2")]);
  draft = withMedia(draft, [picture("2"), picture("3")]);
  const order = () => draft.media.map(({ id }) => id).join("");
  expect(order()).toBe("123");
  draft = withMoved(draft, 2, 0);
  expect(order()).toBe("312");
  draft = withMoved(draft, 0, -1);
  expect(order()).toBe("312");
});

test("what arrives stands in the order in which it was chosen, among what the person added meanwhile", () => {
  const order = ["a", "b", "c"];
  const ids = (draft: Draft) => draft.media.map(({ id }) => id).join("");
  const begun = withMedia(emptyDraft(), [picture("x")]);
  const late = withArrived(begun, picture("c"), order);
  expect(ids(late)).toBe("xc");
  expect(ids(withArrived(withMedia(late, [picture("y")]), picture("a"), order))).toBe("xacy");
  expect(ids(withArrived(withArrived(late, picture("a"), order), picture("b"), order))).toBe("xabc");
  expect(ids(withArrived(late, picture("c"), order))).toBe("xc");
});

test("a draft with only white space is empty; one with a picture is not", () => {
  expect(isEmpty(withText(emptyDraft(), null, "  \n"))).toBe(true);
  expect(isEmpty(withMedia(emptyDraft(), [picture("1")]))).toBe(false);
});

test("a time becomes an instant with its zone; half a time is no schedule", () => {
  const when = {
    kind: "at" as const,
    date: "2026-12-01",
    time: "10:00",
    zone: "Europe/Madrid",
    repeat: null,
  };
  expect(scheduleOf(when)).toEqual({
    kind: "at",
    at: "2026-12-01T09:00:00.000Z",
    time_zone: "Europe/Madrid",
  });
  expect(scheduleOf({ ...when, time: "" })).toBeNull();
  expect(scheduleOf({ ...when, kind: "now", time: "" })).toEqual({ kind: "now", time_zone: "Europe/Madrid" });
});

test("a rule goes with its time, and half a rule is no schedule", () => {
  const when = { kind: "at" as const, date: "2026-12-01", time: "10:00", zone: "UTC" };
  const rule = { kind: "weekly" as const, weekdays: ["tuesday" as const] };
  expect(scheduleOf({ ...when, repeat: rule })).toMatchObject({ repeat: rule });
  expect(scheduleOf({ ...when, repeat: { kind: "weekly", weekdays: [] } })).toBeNull();
  expect(scheduleOf({ ...when, kind: "queue", repeat: rule })).toEqual({ kind: "queue", time_zone: "UTC" });
});

test("a channel that was disconnected is left out, and what is stored says so", () => {
  const draft = withText(withChannel(withChannel(emptyDraft(), "a", true), "b", true), "b", "Own");
  const left = withoutGone(draft, [{ id: "a" }]);
  expect(contentOf(left)).toMatchObject({ channel_ids: ["a"], variants: {} });
});

test("an address keeps a time with its zone and its rule", () => {
  const at = { kind: "at" as const, date: "2030-12-03", time: "23:30", zone: "America/New_York" };
  const repeat = { kind: "weekly" as const, every: 2, weekdays: ["tuesday" as const], count: 10 };
  for (const when of [
    { ...at, repeat },
    { ...at, repeat: null },
    { ...at, zone: browserZone(), repeat },
  ])
    expect(withAddressed(emptyDraft(), addressOf(when)).when).toEqual(when);
  expect(addressOf({ ...at, zone: browserZone(), repeat: null })).not.toHaveProperty("zone");
  expect(addressOf({ ...at, kind: "now", repeat })).toEqual({});
});

test("what a shortened rule does not say fits its first day", () => {
  const { when } = withAddressed(emptyDraft(), { at: "2030-12-03T12:00:00Z", repeat: { kind: "weekly" } });
  expect(when.repeat).toEqual({ kind: "weekly", every: 1, weekdays: ["tuesday"] });
});
