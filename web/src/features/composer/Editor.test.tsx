import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Channel, PostInput } from "@/api/model";
import { channel } from "@/test/channel";
import { show } from "@/test/render";
import { fakeServer } from "@/test/server";
import { emptyDraft } from "./draft";
import { Editor } from "./Editor";

const CHANNELS = [
  channel("b", "@harbour", "bluesky", {
    url: "https://bsky.example/profile/harbour.example",
    rules: {
      options: [{ name: "languages", label: "Languages", help: "", kind: { type: "text", max: 60 } }],
      text: { count: { by: "graphemes" }, max_bytes: null },
    } as unknown as Channel["rules"],
  }),
  channel("f", "Harbour Bakery", "facebook", {
    rules: {
      options: [
        {
          name: "first_comment",
          label: "First comment",
          help: "Written below the post as soon as it is live.",
          kind: { type: "long_text", max: 20, count: { by: "utf16" } },
        },
      ],
      text: { count: { by: "utf16" }, max_bytes: null },
    } as unknown as Channel["rules"],
  }),
  channel("o", "Old Mill", "facebook", { enabled: false }),
];

let created: PostInput[] = [];
/** What the server keeps: the post as it was created and changed since. */
let kept: Partial<PostInput> = {};
beforeEach(() => {
  created = [];
  kept = {};
});

/** A server that takes ten characters on Bluesky, and twenty in a first comment. */
fakeServer(
  http.get("*/api/platforms", () => HttpResponse.json({ items: [] })),
  http.get("*/api/connections", () => HttpResponse.json({ items: [] })),
  http.get("*/api/channels", () => HttpResponse.json({ items: CHANNELS })),
  http.get("*/api/channel-groups", () => HttpResponse.json({ items: [] })),
  http.post("*/api/posts/validate", async ({ request }) => {
    const post = (await request.json()) as PostInput;
    const ids = post.channel_ids ?? [];
    const text = (id: string) => post.variants?.[id]?.text ?? post.text ?? "";
    const long = ids.filter((id) => id === "b" && text(id).length > 10);
    const full =
      post.schedule?.kind === "at" && post.text === "One too many" && String(post.schedule.at) < "2030-06-02";
    const comment = (id: string) => String(post.variants?.[id]?.options?.first_comment ?? "");
    return HttpResponse.json({
      findings: [
        ...ids
          .filter(() => full)
          .map((id) => ({
            channel_id: id,
            level: "warning",
            code: "daily_limit_reached",
            field: "schedule.at",
            detail: "3 of 3 posts a day are out or planned.",
            fix: { kind: "move", at: "2030-06-02T09:00:00Z" },
          })),
        ...long.map((id) => ({
          channel_id: id,
          level: "error",
          code: "text_too_long",
          field: "text",
          detail: `${text(id).length} of 10 characters.`,
          fix: { kind: "shorten", max: 10 },
        })),
        ...ids
          .filter((id) => comment(id).length > 20)
          .map((id) => ({
            channel_id: id,
            level: "error",
            code: "text_too_long",
            field: "options.first_comment",
            detail: `The comment has ${comment(id).length} of 20 characters.`,
            fix: null,
          })),
      ],
      entities: [null, ...ids].map((channel_id) => ({ channel_id, ranges: [] })),
      counts: ids.map((id) => ({ channel_id: id, used: text(id).length, max: id === "b" ? 10 : null })),
    });
  }),
  http.post("*/api/posts", async ({ request }) => {
    kept = (await request.json()) as PostInput;
    created.push(kept);
    return HttpResponse.json({ id: "p1", revision: 1, state: "draft", deliveries: [] }, { status: 201 });
  }),
  http.patch("*/api/posts/p1", async ({ request }) => {
    kept = { ...kept, ...((await request.json()) as PostInput) };
    return HttpResponse.json({ id: "p1", revision: 2, state: "draft", deliveries: [] });
  }),
);

const primary = () => screen.getByRole("button", { name: /^(Publish now|Save draft|Schedule)/ });

test("counts and findings come from the server, block, and are mended for one channel alone", async () => {
  await show(<Editor post={null} initial={emptyDraft()} channels={CHANNELS} onCreated={() => undefined} />);
  expect(primary()).toHaveAttribute("aria-disabled", "true");
  expect(screen.getByText("Write something or add a picture first")).toBeVisible();

  await userEvent.click(screen.getByRole("button", { name: "@harbour" }));
  await userEvent.click(screen.getByRole("button", { name: "Harbour Bakery" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Text" }), "Panettone day");
  expect(await screen.findByText("@harbour: The text is too long.")).toBeVisible();
  expect(screen.getByText("13 / 10")).toBeVisible();
  expect(screen.getByText("1 problem to fix")).toBeVisible();

  await userEvent.click(screen.getByRole("button", { name: "Change it for @harbour only" }));
  const own = screen.getByRole("textbox", { name: "Text for @harbour" });
  await userEvent.clear(own);
  await userEvent.type(own, "Panettone");
  expect(await screen.findByText("9 / 10")).toBeVisible();
  expect(screen.queryByText(/The text is too long/)).not.toBeInTheDocument();
  expect(within(screen.getByRole("tab", { name: /@harbour/ })).getByText("edited")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Languages" })).toBeVisible();
  await expect.poll(() => primary().getAttribute("aria-disabled")).toBe("false");
  expect(primary()).toHaveAccessibleName("Publish now on 2 channels");
});

test("a draft saves itself once and says so", async () => {
  await show(<Editor post={null} initial={emptyDraft()} channels={CHANNELS} onCreated={() => undefined} />);
  await userEvent.type(screen.getByRole("textbox", { name: "Text" }), "Hello");
  expect(await screen.findByText(/^Draft saved \d\d:\d\d$/, {}, { timeout: 4000 })).toBeVisible();
  // What another test wrote may come in late.
  expect(created.filter(({ text }) => text === "Hello")).toEqual([
    { text: "Hello", media: [], channel_ids: [], variants: {}, schedule: { kind: "draft" } },
  ]);
});

test("a channel that cannot be published to says why and is not chosen", async () => {
  await show(<Editor post={null} initial={emptyDraft()} channels={CHANNELS} onCreated={() => undefined} />);
  const off = screen.getByRole("button", { name: "Old Mill" });
  await userEvent.click(off);
  expect(off).toHaveAttribute("aria-pressed", "false");
  await userEvent.hover(off);
  expect(await screen.findByText("Old Mill is switched off")).toBeInTheDocument();
});

test("a finding that can be mended has its button, and only that channel's text changes", async () => {
  await show(<Editor post={null} initial={emptyDraft()} channels={CHANNELS} onCreated={() => undefined} />);
  await userEvent.click(screen.getByRole("button", { name: "@harbour" }));
  await userEvent.click(screen.getByRole("button", { name: "Harbour Bakery" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Text" }), "Panettone day, again");
  await userEvent.click(await screen.findByRole("button", { name: "Shorten for @harbour" }));
  expect(await screen.findByText("10 / 10")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Text" })).toHaveValue("Panettone day, again");
  await userEvent.click(screen.getByRole("tab", { name: /@harbour/ }));
  expect(screen.getByRole("textbox", { name: "Text for @harbour" })).toHaveValue("Panettone…");
});

test("a post that is one too many for the day is moved to the first free time, and back", async () => {
  const initial = { ...emptyDraft(), text: "One too many", channelIds: ["f"] };
  const when = { ...initial.when, kind: "at" as const, zone: "UTC", date: "2030-06-01", time: "10:00" };
  await show(
    <Editor post={null} initial={{ ...initial, when }} channels={CHANNELS} onCreated={() => undefined} />,
  );
  await userEvent.click(await screen.findByRole("button", { name: /^Move to Sun.* 2 Jun/ }));
  expect(await screen.findByRole("button", { name: /^Change the time: .*2 Jun.*0?9:00/ })).toBeVisible();
  await expect.poll(() => screen.queryByText(/3 of 3 posts a day/)).toBeNull();
  const moved = screen.getAllByRole("status").find((toast) => /Moved to/.test(toast.textContent ?? ""));
  await userEvent.click(within(moved ?? document.body).getByRole("button", { name: "Undo" }));
  expect(await screen.findByRole("button", { name: /^Change the time: .*1 Jun.*10:00/ })).toBeVisible();
});

test("the first comment is written for its channel alone, shown below the preview, checked and kept", async () => {
  await show(<Editor post={null} initial={emptyDraft()} channels={CHANNELS} onCreated={() => undefined} />);
  await userEvent.click(screen.getByRole("button", { name: "@harbour" }));
  await userEvent.click(screen.getByRole("button", { name: "Harbour Bakery" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Text" }), "Panettone");
  await userEvent.click(screen.getByRole("tab", { name: /@harbour/ }));
  expect(screen.queryByRole("textbox", { name: "First comment" })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("tab", { name: /Harbour Bakery/ }));
  let field = screen.getByRole("textbox", { name: "First comment" });
  expect(field).toHaveAccessibleDescription("Written below the post as soon as it is live.");

  await userEvent.click(field);
  await userEvent.paste("Order here, before noon");
  const preview = screen.getByRole("complementary", { name: "Preview" });
  expect(within(preview).getByRole("region", { name: "First comment" })).toHaveTextContent(
    "Harbour Bakery Order here, before noon",
  );
  expect(await screen.findByText("The comment has 23 of 20 characters.")).toBeVisible();
  expect(field).toBeInvalid();
  expect(field).toHaveAccessibleDescription(/The comment has 23 of 20 characters\./);
  expect(screen.queryByText("Harbour Bakery: The text is too long.")).not.toBeInTheDocument();

  // Where the option is not to be seen, the finding leads to it.
  await userEvent.click(screen.getByRole("tab", { name: "All channels" }));
  expect(screen.getByText("Harbour Bakery: The text is too long.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Show it for Harbour Bakery" }));
  field = await screen.findByRole("textbox", { name: "First comment" });
  expect(field).toHaveFocus();
  await expect.poll(() => primary().getAttribute("aria-disabled")).toBe("true");
  await userEvent.type(field, "{Backspace>12/}");
  await expect.poll(() => primary().getAttribute("aria-disabled")).toBe("false");
  await expect.poll(() => kept.variants).toEqual({ f: { options: { first_comment: "Order here," } } });

  await userEvent.clear(field);
  expect(within(preview).queryByRole("region", { name: "First comment" })).not.toBeInTheDocument();
});

test("own accounts of the platforms at hand are offered while a mention is written", async () => {
  await show(<Editor post={null} initial={emptyDraft()} channels={CHANNELS} onCreated={() => undefined} />);
  const text = screen.getByRole("textbox", { name: "Text" });
  await userEvent.type(text, "By @");
  expect(screen.queryByRole("listbox")).not.toBeInTheDocument();
  await userEvent.clear(text);
  await userEvent.click(screen.getByRole("button", { name: "@harbour" }));
  await userEvent.type(text, "By @har");
  const option = await screen.findByRole("option", { name: "@harbour.example" });
  expect(text).toHaveAttribute("aria-activedescendant", option.id);

  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("listbox")).not.toBeInTheDocument();
  await userEvent.type(text, " and @");
  await screen.findByRole("option", { name: "@harbour.example" });
  await userEvent.keyboard("{Enter}");
  expect(text).toHaveValue("By @har and @harbour.example ");
  expect(text).toHaveFocus();
});
