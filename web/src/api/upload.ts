import { api, body, newIdempotencyKey } from "./client";
import { ApiError } from "./error";
import type { Media } from "./model";

/** Files above this go in pieces, so that a broken line costs one piece and the person may pause. */
export const RESUMABLE_FROM = 8 * 1024 * 1024;

type OnProgress = (sent: number) => void;

/** An upload in pieces, as the server opened it. */
export interface OpenedUpload {
  id: string;
  chunkBytes: number;
  expiresAt: string;
}

interface Answer {
  status: number;
  body: unknown;
}

/** Sends bytes with progress, which `fetch` cannot tell. */
function send(
  method: string,
  url: string,
  payload: XMLHttpRequestBodyInit,
  options: { headers?: Record<string, string>; onProgress: OnProgress; signal: AbortSignal },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(options.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => options.onProgress(event.loaded);
    request.onerror = () => reject(ApiError.unreachable());
    request.onabort = () => reject(new DOMException("Paused or cancelled", "AbortError"));
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status < 300) resolve({ status: request.status, body: answer });
      else reject(ApiError.fromAnswer(request.status, answer, request.getResponseHeader("x-request-id")));
    };
    options.signal.addEventListener("abort", () => request.abort(), { once: true });
    if (options.signal.aborted) reject(new DOMException("Paused or cancelled", "AbortError"));
    else request.send(payload);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends a small file in one request. Sent again under the same key, it is not added twice. */
export async function uploadWhole(
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
  to: { folder: string | null; key: string } = { folder: null, key: newIdempotencyKey() },
): Promise<Media> {
  const form = new FormData();
  if (to.folder) form.append("folder_id", to.folder);
  form.append("file", file, file.name);
  const answer = await send("POST", "/api/media", form, {
    headers: { "Idempotency-Key": to.key },
    // The form's own bytes are counted too; never claim more than the file has.
    onProgress: (sent) => onProgress(Math.min(sent, file.size)),
    signal,
  });
  return answer.body as Media;
}

/** Opens a resumable upload. */
export async function beginUpload(file: File, folder: string | null): Promise<OpenedUpload> {
  const upload = await body(
    api.POST("/api/media/uploads", {
      body: {
        file_name: file.name,
        bytes: file.size,
        ...(file.type ? { mime: file.type } : {}),
        ...(folder ? { folder_id: folder } : {}),
      },
    }),
  );
  return { id: upload.id, chunkBytes: upload.chunk_bytes, expiresAt: upload.expires_at };
}

/** Gives an opened upload up. One that is gone already is no failure. */
export async function cancelUpload(id: string): Promise<void> {
  await api.DELETE("/api/media/uploads/{id}", { params: { path: { id } } }).catch(() => undefined);
}

/** Sends what the server does not have yet of an opened upload, piece by piece. */
export async function continueUpload(
  upload: Pick<OpenedUpload, "id" | "chunkBytes">,
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Media> {
  const known = await body(
    api.GET("/api/media/uploads/{id}", { params: { path: { id: upload.id } }, signal }),
  );
  let offset = known.offset;
  for (;;) {
    const start = offset;
    onProgress(start);
    const answer = await send(
      "PATCH",
      `/api/media/uploads/${upload.id}`,
      file.slice(start, start + upload.chunkBytes),
      {
        headers: { "Upload-Offset": String(start), "Content-Type": "application/octet-stream" },
        onProgress: (sent) => onProgress(start + sent),
        signal,
      },
    );
    if (answer.status === 201) return answer.body as Media;
    offset = (answer.body as { offset: number }).offset;
    // A server that takes nothing would keep us here for ever.
    if (offset <= start) throw new ApiError(answer.status, "internal", "", null);
  }
}
