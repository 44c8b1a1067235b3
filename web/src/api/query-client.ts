import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./error";

const retryable = (error: Error) => !(error instanceof ApiError) || error.status === 0 || error.status >= 500;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal does not change by asking again; silence may.
        retry: (failures, error) => failures < 1 && retryable(error),
      },
      mutations: { retry: false },
    },
  });
}
