import type { ComponentType } from "react";
import { BlueskyPreview } from "./bluesky";
import type { PreviewProps } from "./content";
import { FacebookPreview } from "./facebook";
import { InstagramPreview } from "./instagram";
import { MastodonPreview } from "./mastodon";
import { NeutralPreview } from "./neutral";

/** How a post looks on each platform; one that is not here is shown plainly. */
const PREVIEWS: Record<string, ComponentType<PreviewProps>> = {
  bluesky: BlueskyPreview,
  facebook: FacebookPreview,
  instagram: InstagramPreview,
  mastodon: MastodonPreview,
};

export const previewOf = (platform: string): ComponentType<PreviewProps> =>
  PREVIEWS[platform] ?? NeutralPreview;
