import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The built program, serving with its sandbox from an empty data folder. */
export interface Program {
  url: string;
  sandbox: string;
  /** The folder with everything it keeps. */
  data: string;
  /** Ends the program; its data stays for `start`. */
  halt: () => Promise<void>;
  /** Serves again at the same address, with the same data, under more variables. */
  start: (variables?: Record<string, string>) => Promise<void>;
  stop: () => Promise<void>;
}

const BINARY = resolve(import.meta.dirname, "..", process.env.FANFARE_BIN ?? "../target/debug/fanfare");
const READY_WITHIN = 30_000;

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? found(address.port) : failed(new Error("no port")),
      );
    });
  });
}

/** The program says in its log where it and the sandbox are, once both answer. */
function addresses(child: ChildProcess): Promise<{ url: string; sandbox: string }> {
  return new Promise((ready, failed) => {
    let log = "";
    const late = setTimeout(
      () => failed(new Error(`${BINARY} was not ready in time. Its log:\n${log}`)),
      READY_WITHIN,
    );
    const read = (chunk: Buffer) => {
      log += chunk.toString();
      const line = log.split("\n").find((each) => each.includes("Fanfare is ready"));
      const url = line && /"url":"([^"]+?)\/?"/.exec(line)?.[1];
      const sandbox = line && /"sandbox":"([^"]+?)\/?"/.exec(line)?.[1];
      if (!url || !sandbox) return;
      clearTimeout(late);
      ready({ url, sandbox });
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`${BINARY} ended with ${code}. Its log:\n${log}`)));
  });
}

/** `host` is what the browser calls this machine; a bare number as long as nobody says otherwise. */
export async function startProgram(host?: string): Promise<Program> {
  const data = await mkdtemp(join(tmpdir(), "fanfare-e2e-"));
  const port = await freePort();
  const listen = `127.0.0.1:${port}`;
  const named = host ? { FANFARE_PUBLIC_URL: `http://${host}:${port}` } : {};
  let running: { child: ChildProcess; ended: Promise<void> } | null = null;
  const start = (variables: Record<string, string> = {}) => {
    const child = spawn(BINARY, ["serve", "--sandbox", "--listen", listen, "--data", data], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...named, FANFARE_LOG_FORMAT: "json", ...variables },
    });
    running = { child, ended: new Promise<void>((done) => child.once("close", () => done())) };
    return addresses(child);
  };
  const halt = async () => {
    running?.child.kill("SIGTERM");
    await running?.ended;
  };
  const stop = async () => {
    await halt();
    await rm(data, { recursive: true, force: true });
  };
  try {
    return {
      ...(await start()),
      data,
      halt,
      start: async (variables) => void (await start(variables)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
