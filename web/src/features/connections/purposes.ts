import type { Platform } from "@/api/model";

/** What people connect a platform for. */
export const PURPOSES = ["publishing", "messaging", "sales", "files"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** By the roles that manifests name; one that stands here for nothing narrows nothing. */
const BY_ROLE: Record<string, Purpose> = {
  publish: "publishing",
  message: "messaging",
  book: "sales",
  contacts: "sales",
  files: "files",
};

const isFor = (purpose: Purpose, { roles }: Pick<Platform, "roles">): boolean =>
  roles.some((role) => BY_ROLE[role] === purpose);

/** Whether its accounts have files that can be taken into the library. */
export const hasFiles = (platform: Pick<Platform, "roles">): boolean => isFor("files", platform);

/** Whether it has files and nothing else: no channel to publish to, and nobody to hear from. */
export const hasOnlyFiles = (platform: Pick<Platform, "roles">): boolean =>
  PURPOSES.every((purpose) => isFor(purpose, platform) === (purpose === "files"));

/** The platforms that serve the purpose; all without one. */
export const platformsFor = <T extends Pick<Platform, "roles">>(
  purpose: Purpose | undefined,
  platforms: readonly T[],
): T[] => platforms.filter((platform) => purpose === undefined || isFor(purpose, platform));

/** The purposes to choose from; none where choosing would leave the same platforms in view. */
export function purposesOf(platforms: readonly Pick<Platform, "roles">[]): Purpose[] {
  const served = PURPOSES.filter((purpose) => platformsFor(purpose, platforms).length > 0);
  const narrows = served.some((purpose) => platformsFor(purpose, platforms).length < platforms.length);
  return narrows ? served : [];
}
