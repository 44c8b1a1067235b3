import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keyCaps } from "./keys";
import { applicable, onKeyDown, switchSingleKeys } from "./registry";
import { type Shortcut, useShortcuts } from "./use-shortcuts";

const listen = (event: KeyboardEvent) => onKeyDown(event);
beforeEach(() => window.addEventListener("keydown", listen));
afterEach(() => {
  window.removeEventListener("keydown", listen);
  switchSingleKeys(true);
});

function Part({ shortcuts, inDialog = false }: { shortcuts: Shortcut[]; inDialog?: boolean }) {
  useShortcuts(shortcuts, { inDialog });
  return null;
}

const shortcut = (keys: string, run: () => void, more: Partial<Shortcut> = {}): Shortcut => ({
  keys,
  words: keys,
  run,
  ...more,
});

test("a key and a sequence do what they say, and a lone first key does nothing", async () => {
  const [compose, go, other] = [vi.fn(), vi.fn(), vi.fn()];
  render(<Part shortcuts={[shortcut("c", compose), shortcut("g p", go), shortcut("p", other)]} />);
  await userEvent.keyboard("c");
  await userEvent.keyboard("gp");
  expect([compose.mock.calls.length, go.mock.calls.length, other.mock.calls.length]).toEqual([1, 1, 0]);
  await userEvent.keyboard("gx");
  await userEvent.keyboard("p");
  expect([go.mock.calls.length, other.mock.calls.length]).toEqual([1, 1]);
});

test("a sequence lapses", () => {
  const go = vi.fn();
  render(<Part shortcuts={[shortcut("g p", go)]} />);
  onKeyDown(new KeyboardEvent("keydown", { key: "g" }), 0);
  onKeyDown(new KeyboardEvent("keydown", { key: "p" }), 5_000);
  expect(go).not.toHaveBeenCalled();
});

test("keys belong to the field that is typed in, except those with Ctrl that say otherwise", async () => {
  const [single, mod, undo] = [vi.fn(), vi.fn(), vi.fn()];
  render(
    <>
      <Part
        shortcuts={[
          shortcut("c", single),
          shortcut("mod+k", mod, { whileTyping: true }),
          shortcut("mod+z", undo),
        ]}
      />
      <input aria-label="field" />
    </>,
  );
  await userEvent.click(screen.getByLabelText("field"));
  await userEvent.keyboard("c{Control>}k{/Control}{Control>}z{/Control}");
  expect([single.mock.calls.length, mod.mock.calls.length, undo.mock.calls.length]).toEqual([0, 1, 0]);
});

test("with Ctrl, Alt or Shift a letter is another key", async () => {
  const compose = vi.fn();
  render(<Part shortcuts={[shortcut("c", compose)]} />);
  await userEvent.keyboard("{Control>}c{/Control}{Alt>}c{/Alt}{Shift>}C{/Shift}");
  expect(compose).not.toHaveBeenCalled();
});

test("the page goes before the frame, and gives the key back when it leaves", async () => {
  const [frame, page] = [vi.fn(), vi.fn()];
  const below = [shortcut("c", frame)];
  const above = [shortcut("c", page)];
  const { rerender } = render(
    <>
      <Part key="frame" shortcuts={below} />
      <Part key="page" shortcuts={above} />
    </>,
  );
  await userEvent.keyboard("c");
  rerender(<Part key="frame" shortcuts={below} />);
  await userEvent.keyboard("c");
  expect([page.mock.calls.length, frame.mock.calls.length]).toEqual([1, 1]);
});

test("a dialog's shortcuts are the only ones while it is open", () => {
  const layer = (keys: string, inDialog: boolean) => ({
    shortcuts: [shortcut(keys, () => {})],
    inDialog,
  });
  const all = [layer("c", false), layer("d", true)];
  expect(applicable(all, false).map(({ keys }) => keys)).toEqual(["c"]);
  expect(applicable(all, true).map(({ keys }) => keys)).toEqual(["d"]);
});

test("single keys can be switched off", async () => {
  const [single, mod] = [vi.fn(), vi.fn()];
  render(<Part shortcuts={[shortcut("c", single), shortcut("mod+k", mod)]} />);
  switchSingleKeys(false);
  await userEvent.keyboard("c{Control>}k{/Control}");
  expect([single.mock.calls.length, mod.mock.calls.length]).toEqual([0, 1]);
});

test("keys are drawn as they are pressed", () => {
  expect(keyCaps("g p")).toEqual([["G"], ["P"]]);
  expect(keyCaps("mod+shift+z")).toEqual([["Ctrl", "Shift", "Z"]]);
  expect(keyCaps("?")).toEqual([["?"]]);
});
