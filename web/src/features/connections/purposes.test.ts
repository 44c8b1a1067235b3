import { expect, test } from "vitest";
import { hasFiles, hasOnlyFiles, platformsFor, purposesOf } from "./purposes";

const can = (...roles: string[]) => ({ roles });
const page = can("connect", "publish");
const chat = can("connect", "message");
const both = can("connect", "publish", "message", "insights");
const contacts = can("connect", "contacts");

test("platforms are found by what they are for", () => {
  const all = [page, chat, both, contacts];
  expect(platformsFor(undefined, all)).toEqual(all);
  expect(platformsFor("publishing", all)).toEqual([page, both]);
  expect(platformsFor("messaging", all)).toEqual([chat, both]);
  expect(platformsFor("sales", all)).toEqual([contacts]);
});

test("only what narrows the choice is offered, in a fixed order", () => {
  expect(purposesOf([contacts, chat, page])).toEqual(["publishing", "messaging", "sales"]);
  expect(purposesOf([page, chat])).toEqual(["publishing", "messaging"]);
  expect(purposesOf([page, page])).toEqual([]);
  expect(purposesOf([page, can("connect", "something_newer")])).toEqual(["publishing"]);
  expect(purposesOf([])).toEqual([]);
});

test("a drive has files and nothing else", () => {
  const drive = can("connect", "files");
  const shop = can("connect", "publish", "files");
  expect([page, drive, shop].map(hasFiles)).toEqual([false, true, true]);
  expect([page, drive, shop, can("connect", "insights")].map(hasOnlyFiles)).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect(purposesOf([page, drive])).toEqual(["publishing", "files"]);
});
