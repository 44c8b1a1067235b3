import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, newIdempotencyKey } from "@/api/client";

/** Makes an account, once however often the form is sent. */
export function useRegister() {
  const queryClient = useQueryClient();
  // One for as long as the form is there: when an answer is lost, sending it again signs in to the account that was made.
  const [key] = useState(newIdempotencyKey);
  return useMutation({
    mutationFn: (input: { email: string; password: string; name: string }) =>
      body(
        api.POST("/api/auth/register", {
          params: { header: { "Idempotency-Key": key } },
          body: input,
        }),
      ),
    onSuccess: () => queryClient.resetQueries(),
  });
}
