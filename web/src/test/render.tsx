import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { Over } from "@/ui/over/Over";
import { theme } from "@/ui/theme/theme";

/** Shows a part of a page with everything that surrounds it in the program: theme, queries, addresses, toasts and tips. */
export async function show(part: ReactNode): Promise<{ address: () => string }> {
  const rootRoute = createRootRoute();
  const anywhere = createRoute({
    getParentRoute: () => rootRoute,
    path: "$",
    component: () => <div data-testid="part">{part}</div>,
  });
  const router = createRouter({
    routeTree: rootRoute.addChildren([anywhere]),
    history: createMemoryHistory({ initialEntries: ["/here"] }),
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queryClient}>
        {/* biome-ignore lint/suspicious/noExplicitAny: this router stands in for the program's own */}
        <RouterProvider router={router as any} />
        <Over />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByTestId("part");
  return { address: () => router.state.location.href };
}
