import { expect, test } from "vitest";
import type { Channel, Post } from "@/api/model";
import { i18next } from "@/i18n";
import { doneWords } from "./ActionWords";

const now = { kind: "now", zone: "Europe/Madrid", date: "", time: "", repeat: null } as const;
const stored = { schedule: { kind: "now", at: null } } as Post;
const channel = (paused: boolean) => ({ paused }) as Channel;

test("what goes to paused channels only is not said to be publishing", () => {
  const said = (...paused: boolean[]) => doneWords(stored, now, paused.map(channel), i18next.t);
  expect(said(false)).toBe("Publishing now");
  expect(said(true, false)).toBe("Publishing now");
  expect(said(true)).toBe("It goes out when the channel is resumed");
  expect(said(true, true)).toBe("It goes out when the channels are resumed");
});
