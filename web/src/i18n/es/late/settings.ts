import type { settingsWords as english } from "../../en/late/settings";
import type { Translation } from "../../translation";
import { data } from "../data";
import { members } from "../members";
import { security, settings, workspace } from "../settings";

/** Las palabras de los ajustes propios y del espacio. */
export const settingsWords: Translation<typeof english> = { data, members, security, settings, workspace };
