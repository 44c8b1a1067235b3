import { fireEvent, render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Avatar } from "./Avatar";

const shown = (container: HTMLElement) => container.querySelector("img");

test("the picture lies over the initials, and says nothing to screen readers", () => {
  const { container } = render(<Avatar name="Harbour Bakery" src="/api/channels/a/avatar" />);
  expect(container).toHaveTextContent("HB");
  expect(container.firstChild).toHaveAttribute("aria-hidden", "true");
  expect(shown(container)).toHaveAttribute("alt", "");
  expect(shown(container)).not.toHaveAttribute("data-shown");
  fireEvent.load(shown(container) as HTMLElement);
  expect(shown(container)).toHaveAttribute("data-shown");
});

test("a picture that does not load leaves the initials, and another one is tried", () => {
  const { container, rerender } = render(<Avatar name="@harbour.bakery" src="/api/channels/a/avatar" />);
  fireEvent.error(shown(container) as HTMLElement);
  expect(shown(container)).toBeNull();
  expect(container).toHaveTextContent("HB");
  rerender(<Avatar name="@harbour.bakery" src="/api/channels/b/avatar" />);
  expect(shown(container)).toHaveAttribute("src", "/api/channels/b/avatar");
});

test("without a picture nothing is loaded", () => {
  const { container } = render(<Avatar name="Ines" />);
  expect(shown(container)).toBeNull();
  expect(container).toHaveTextContent("I");
});
