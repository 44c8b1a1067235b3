import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ApiError } from "@/api/error";
import type { Link } from "@/features/frame/link/link";
import { show } from "@/test/render";
import { Failed } from "./root";

let link: Link = "fine";
vi.mock("@/features/frame/link/current", () => ({
  useLink: () => link,
  useOnceBack: () => undefined,
  lookNow: () => undefined,
}));

const failed = (error: Error) => show(<Failed error={error} reset={() => undefined} />);
const missing = new TypeError("Failed to fetch dynamically imported module");

test("a page whose files do not come while the server is away says that, and that it is tried again", async () => {
  link = "lost";
  await failed(missing);
  expect(screen.getByRole("alert")).toHaveTextContent("Fanfare does not answer.");
  expect(screen.getByRole("alert")).toHaveTextContent("It is tried again by itself.");
});

test("what else goes wrong is called by its name", async () => {
  link = "fine";
  await failed(missing);
  expect(screen.getByRole("alert")).toHaveTextContent("Something went wrong on our side.");
  link = "lost";
  await failed(new ApiError(404, "not_found", "", null));
  expect(screen.getAllByRole("alert")[1]).not.toHaveTextContent("It is tried again by itself.");
});
