// A real Bluesky server for tests: a data server (PDS) and the identity directory (PLC) it registers accounts with,
// both on the loopback address. Makes two accounts, prints one line of JSON that says how to reach them, and runs until
// its standard input closes.

import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LOOPBACK = "127.0.0.1";

bindToLoopbackOnly();
const folder = await mkdtemp(join(tmpdir(), "fanfare-bluesky-"));
process.env.TMPDIR = folder; // where the data server keeps its database and its blobs

const { TestPds, TestPlc } = await import("@atproto/dev-env");
const plc = await TestPlc.create({});
const pds = await TestPds.create({ didPlcUrl: `http://${LOOPBACK}:${plc.port}` });
const url = `http://${LOOPBACK}:${pds.port}`;

process.stdin.on("end", close).resume();
process.on("SIGTERM", close);

const first = await createAccount("fanfare");
const second = await createAccount("listener");
console.log(
  JSON.stringify({
    url,
    plc_url: `http://${LOOPBACK}:${plc.port}`,
    handle: first.handle,
    did: first.did,
    password: first.password,
    other_handle: second.handle,
    other_did: second.did,
    other_password: second.password,
  }),
);

/** Neither server takes an address to bind, and without one Node binds every interface. */
function bindToLoopbackOnly() {
  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function (where, ...rest) {
    if (typeof where === "object" && where !== null && "port" in where) {
      return listen.call(this, { ...where, host: LOOPBACK }, ...rest);
    }
    if (typeof where === "number" || typeof where === "string") {
      const callback = rest.find((argument) => typeof argument === "function");
      return listen.call(this, { port: Number(where), host: LOOPBACK }, callback);
    }
    throw new Error(`listening on ${where} is not something a loopback server does`);
  };
}

/** Makes an account and, as a person would for a program, an app password for it. */
async function createAccount(name) {
  const handle = `${name}.test`;
  const account = await call("com.atproto.server.createAccount", {
    handle,
    email: `${name}@example.test`,
    password: `${name}-account-password`,
  });
  const app = await call("com.atproto.server.createAppPassword", { name: "fanfare" }, account.accessJwt);
  return { handle, did: account.did, password: app.password };
}

async function call(method, body, token) {
  const headers = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(`${url}/xrpc/${method}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

async function close() {
  setTimeout(() => process.exit(1), 5_000).unref();
  await pds.close();
  await plc.close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}
