import { createRoute } from "@tanstack/react-router";
import { frameRoute } from "./frame";
import { ahead, latePage } from "./late-page";

const keys = () => import("@/features/api-keys/queries");

export const apiKeysRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/api-keys",
  loader: ({ context }) => ahead(keys, ({ apiKeysQuery }) => context.queryClient.prefetchQuery(apiKeysQuery)),
  component: latePage(["admin"], () => import("@/features/api-keys/ApiKeysPage"), "ApiKeysPage"),
});

/** One key, over the list. */
export const apiKeyRoute = createRoute({
  getParentRoute: () => apiKeysRoute,
  path: "$keyId",
  loader: ({ context, params }) =>
    ahead(keys, ({ apiKeyQuery }) => context.queryClient.prefetchQuery(apiKeyQuery(params.keyId))),
  component: latePage(["admin"], () => import("@/features/api-keys/KeyPanel"), "KeyPanel"),
});
