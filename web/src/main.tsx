import "@fontsource-variable/inter/wght.css";
import "./ui/theme/mantine.css";
import "./ui/theme/variables.css";
import "./ui/theme/tokens.css";
import "./ui/theme/base.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/query-client";
import { statusQuery } from "./features/account/session";
import { watchSession } from "./features/account/watch-session";
import { platformsQuery } from "./features/connections/queries";
import { beginToWatchLink } from "./features/frame/link/current";
import { i18next, speakPreferred } from "./i18n";
import { createAppRouter } from "./router";
import { LateOver } from "./ui/over/LateOver";
import { theme } from "./ui/theme/theme";

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
watchSession(queryClient, router);
beginToWatchLink(queryClient);

const shown = new Promise<void>((resolve) => {
  router.subscribe("onResolved", () => resolve());
});

/** The same key as in `public/theme.js`. */
const colorSchemes = localStorageColorSchemeManager({ key: "fanfare-color-scheme" });

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no root element");

  // The catalogue and who is here are fetched at the same time.
  void queryClient.prefetchQuery(statusQuery);
  await speakPreferred();
  // What platforms say of themselves is put into the language when it is read.
  i18next.on("languageChanged", () => void queryClient.invalidateQueries(platformsQuery));

  createRoot(root).render(
    <StrictMode>
      {/* The policy allows no style elements: variables and classes are in our own files. */}
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemes}
        withCssVariables={false}
        withStaticClasses={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <LateOver shown={shown} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

// Awaiting at the top of the module would keep the bundler from joining small files.
void start();
