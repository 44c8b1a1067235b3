import { expect, test } from "vitest";
import { stepsDone } from "./progress";

const nothing = { named: false, connections: 0, postsOnTheirWay: 0 };

test.each([
  [nothing, ["account"]],
  [{ ...nothing, named: true }, ["account", "workspace"]],
  [{ ...nothing, connections: 1 }, ["account", "workspace", "connect"]],
  [{ ...nothing, postsOnTheirWay: 1 }, ["account", "workspace", "post"]],
  [{ named: true, connections: 2, postsOnTheirWay: 3 }, ["account", "workspace", "connect", "post"]],
])("%o means that %o are done", (facts, done) => {
  expect(stepsDone(facts)).toEqual(done);
});
