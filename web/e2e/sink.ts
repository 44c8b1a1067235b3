import { createServer, type IncomingHttpHeaders } from "node:http";

/** What somebody sent. */
export interface Arrival {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Another program on this machine that is told things: it keeps what arrives and answers as it is told. */
export interface Sink {
  url: string;
  arrivals: Arrival[];
  /** What is answered from now on. */
  answer: { status: number; body: string };
  stop: () => Promise<void>;
}

export async function startSink(): Promise<Sink> {
  const arrivals: Arrival[] = [];
  const answer = { status: 200, body: '{"taken":true}' };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      arrivals.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
      response.writeHead(answer.status, { "Content-Type": "application/json" }).end(answer.body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/in`,
    arrivals,
    answer,
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
