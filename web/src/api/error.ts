export interface FieldError {
  field: string;
  code: string;
  detail: string;
  channel_id?: string | null;
}

const listeners = new Set<(refusal: ApiError) => void>();

/** Has every refusal of the server told, whoever asked; answers how to end that. */
export function onRefusal(heard: (refusal: ApiError) => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** A refusal or a failure of the server, as its problem document tells it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestId: string | null,
    readonly errors: FieldError[] = [],
  ) {
    super(detail || code);
    this.name = "ApiError";
  }

  /** Nothing answered: the network is down or the server is not running. */
  static unreachable(): ApiError {
    return new ApiError(0, "unreachable", "", null);
  }

  static fromAnswer(status: number, body: unknown, requestId: string | null): ApiError {
    const problem = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    const text = (name: string) => (typeof problem[name] === "string" ? (problem[name] as string) : "");
    const errors = Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : [];
    const refusal = new ApiError(
      status,
      text("code") || "internal",
      text("detail"),
      text("request_id") || requestId,
      errors,
    );
    for (const heard of listeners) heard(refusal);
    return refusal;
  }
}
