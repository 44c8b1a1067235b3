export interface FieldError {
  field: string;
  code: string;
  detail: string;
  channel_id?: string | null;
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
    return new ApiError(
      status,
      text("code") || "internal",
      text("detail"),
      text("request_id") || requestId,
      errors,
    );
  }
}
