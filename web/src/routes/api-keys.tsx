import { createRoute } from "@tanstack/react-router";
import { apiKeyQuery, apiKeysQuery } from "@/features/api-keys/queries";
import { frameRoute } from "./frame";
import { latePage } from "./late-page";

export const apiKeysRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/api-keys",
  loader: ({ context }) => void context.queryClient.prefetchQuery(apiKeysQuery),
  component: latePage(() => import("@/features/api-keys/ApiKeysPage"), "ApiKeysPage"),
});

/** One key, over the list. */
export const apiKeyRoute = createRoute({
  getParentRoute: () => apiKeysRoute,
  path: "$keyId",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(apiKeyQuery(params.keyId)),
  component: latePage(() => import("@/features/api-keys/KeyPanel"), "KeyPanel"),
});
