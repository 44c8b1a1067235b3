import { Button } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { Dialog } from "./Dialog";
import { LateMenu } from "./LateMenu";

const button = (name: string) => screen.getByRole("button", { name });

test("a menu opens by the first press, stays the same button and gives the focus back", async () => {
  const onRename = vi.fn();
  await show(
    <LateMenu target={<Button>Workspace</Button>}>
      {(Menu) => <Menu.Item onClick={onRename}>Rename</Menu.Item>}
    </LateMenu>,
  );
  const target = button("Workspace");
  expect(target).toHaveAttribute("aria-haspopup", "menu");
  expect(target).toHaveAttribute("aria-expanded", "false");
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  expect(target).toHaveAttribute("aria-expanded", "true");
  const menu = await screen.findByRole("menu", { name: "Workspace" });
  expect(target).toHaveAttribute("aria-controls", menu.id);
  await waitFor(() => expect(menu).toContainElement(document.activeElement as HTMLElement));

  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(target).toHaveFocus());
  expect(button("Workspace")).toBe(target);
  expect(target).toHaveAttribute("aria-expanded", "false");

  await userEvent.click(target);
  await userEvent.click(await screen.findByRole("menuitem", { name: "Rename" }));
  expect(onRename).toHaveBeenCalledOnce();
  await waitFor(() => expect(screen.queryByRole("menu")).not.toBeInTheDocument());
});

test("a menu closes by a press on its button or beside it", async () => {
  await show(
    <>
      <LateMenu target={<Button>More</Button>}>{(Menu) => <Menu.Item>One</Menu.Item>}</LateMenu>
      <p>Elsewhere</p>
    </>,
  );
  for (const place of [button("More"), screen.getByText("Elsewhere")]) {
    await userEvent.click(button("More"));
    await screen.findByRole("menu");
    await userEvent.click(place);
    await waitFor(() => expect(screen.queryByRole("menu")).not.toBeInTheDocument());
  }
});

function Asking() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button onClick={() => setOpened(true)}>Ask</Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title="Sure?">
        <Button>Yes</Button>
      </Dialog>
    </>
  );
}

test("a dialog gives the focus back to what opened it", async () => {
  await show(<Asking />);
  await userEvent.click(button("Ask"));
  await screen.findByRole("dialog", { name: "Sure?" });
  await userEvent.click(button("Close"));
  await waitFor(() => expect(button("Ask")).toHaveFocus());
});

test("a dialog that is taken away while it is open gives it back, too", async () => {
  function Taken() {
    const [there, setThere] = useState(false);
    return (
      <>
        <Button onClick={() => setThere(true)}>Ask</Button>
        {there && <Dialog onClose={() => setThere(false)} title="Sure?" />}
      </>
    );
  }
  await show(<Taken />);
  await userEvent.click(button("Ask"));
  await screen.findByRole("dialog", { name: "Sure?" });
  await waitFor(() => expect(button("Ask")).not.toHaveFocus());
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(button("Ask")).toHaveFocus());
});

test("words come beside what the pointer rests on, change with it, and go with Esc", async () => {
  function Copy() {
    const [copied, setCopied] = useState(false);
    return (
      <button type="button" data-tip={copied ? "Copied" : "Copy it"} onClick={() => setCopied(true)}>
        Link
      </button>
    );
  }
  await show(<Copy />);
  await userEvent.hover(button("Link"));
  expect(await screen.findByRole("tooltip")).toHaveTextContent("Copy it");
  expect(button("Link")).toHaveAccessibleDescription("Copy it");
  await userEvent.click(button("Link"));
  await waitFor(() => expect(screen.getByRole("tooltip")).toHaveTextContent("Copied"));
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("tooltip")).not.toBeInTheDocument());
  expect(button("Link")).not.toHaveAttribute("aria-describedby");
});

test("the keyboard gets the words too, and a name that says the same is not said twice", async () => {
  await show(
    <button type="button" aria-label="Help" data-tip="Help">
      ?
    </button>,
  );
  await userEvent.tab();
  expect(await screen.findByRole("tooltip")).toHaveTextContent("Help");
  expect(button("Help")).not.toHaveAttribute("aria-describedby");
  await userEvent.tab();
  await waitFor(() => expect(screen.queryByRole("tooltip")).not.toBeInTheDocument());
});
