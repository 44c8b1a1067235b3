import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";

/** What a post is called: its first line, or that of a channel that has its own text. */
export function firstLine(post: Pick<Post, "text" | "variants">): string | null {
  const texts = [post.text, ...Object.values(post.variants).map(({ text }) => text ?? "")];
  for (const text of texts) {
    const line = text.split("\n").find((each) => each.trim() !== "");
    if (line) return line.trim();
  }
  return null;
}

export function useTitleOf(): (post: Pick<Post, "text" | "variants">) => string {
  const { t } = useTranslation();
  return (post) => firstLine(post) ?? t("posts.untitled");
}

/** A title short enough for a question. */
export function shortened(title: string, length = 48): string {
  return [...title].length > length
    ? `${[...title]
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`
    : title;
}

/** The moment a list shows: when it went out, or when it is due. */
export function whenOf(post: Post): string | null {
  const published = post.deliveries.map(({ published_at }) => published_at).filter((at) => at !== null);
  if (post.state === "published" && published.length > 0) return published.sort().at(-1) ?? null;
  const due = post.deliveries.map(({ due_at }) => due_at).filter((at) => at !== null);
  return post.schedule.at ?? due.sort()[0] ?? null;
}
