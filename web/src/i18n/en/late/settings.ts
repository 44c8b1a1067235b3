import { data } from "../data";
import { members } from "../members";
import { security, settings, workspace } from "../settings";

/** The words of a person's own settings and of the workspace's. */
export const settingsWords = { data, members, security, settings, workspace };
