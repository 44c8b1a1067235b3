import type { Platform } from "@/api/model";
import { oneOf, reads } from "@/ui/address/search";
import { hasOnlyFiles } from "./purposes";

const TABS = ["overview", "channels", "hearing", "permissions", "history", "settings"] as const;
type Tab = (typeof TABS)[number];

/** What is told of channels. */
const OF_CHANNELS: readonly Tab[] = ["channels", "hearing"];

/** The parts that there are for an account of the platform. */
export const tabsOf = (platform: Pick<Platform, "roles">): Tab[] =>
  TABS.filter((tab) => !hasOnlyFiles(platform) || !OF_CHANNELS.includes(tab));

/** Which part of an account is shown; the first when the address names none. */
export const connectionTab = reads({ tab: oneOf(TABS) });
