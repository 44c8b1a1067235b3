/** A piece of running text. */
export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "strong" | "emphasis"; parts: Inline[] }
  | { kind: "link"; href: string; parts: Inline[] };

export type Block =
  | { kind: "heading"; level: 1 | 2 | 3 | 4; parts: Inline[] }
  | { kind: "paragraph" | "quote"; parts: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "rule" };

const HEADING = /^(#{1,4})\s+(.+?)\s*#*$/;
const BULLET = /^\s{0,3}[-*]\s+(.*)$/;
const NUMBER = /^\s{0,3}\d{1,3}[.)]\s+(.*)$/;
const QUOTE = /^>\s?(.*)$/;
const RULE = /^(-{3,}|\*{3,})$/;

/**
 * The part of Markdown that a plain text needs: headings, paragraphs, lists, quotes, emphasis, code and links.
 *
 * HTML is no part of it; it stays the characters it is written with.
 */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let list = null as { ordered: boolean; items: string[] } | null;

  const close = () => {
    if (lines.length > 0) blocks.push({ kind: "paragraph", parts: parseInline(lines.join(" ")) });
    if (list) blocks.push({ kind: "list", ordered: list.ordered, items: list.items.map(parseInline) });
    lines = [];
    list = null;
  };

  for (const raw of text.replaceAll("\r\n", "\n").split("\n")) {
    const line = raw.trimEnd();
    const heading = HEADING.exec(line);
    const bullet = RULE.test(line) ? null : BULLET.exec(line);
    const number = NUMBER.exec(line);
    const quote = QUOTE.exec(line);
    if (line.trim() === "") close();
    else if (heading) {
      close();
      const level = (heading[1] ?? "").length as 1 | 2 | 3 | 4;
      blocks.push({ kind: "heading", level, parts: parseInline(heading[2] ?? "") });
    } else if (RULE.test(line)) {
      close();
      blocks.push({ kind: "rule" });
    } else if (bullet || number) {
      const ordered = !bullet;
      if (list?.ordered !== ordered) close();
      list ??= { ordered, items: [] };
      list.items.push((bullet ?? number)?.[1] ?? "");
    } else if (quote) {
      close();
      blocks.push({ kind: "quote", parts: parseInline(quote[1] ?? "") });
    } else if (list) {
      // A line that follows an item without a mark of its own goes on with it.
      list.items.push(`${list.items.pop() ?? ""} ${line.trim()}`);
    } else lines.push(line.trim());
  }
  close();
  return blocks;
}

/** `code`, then links, then strong, then emphasis; each takes what it finds first. */
const INLINE =
  /`([^`]+)`|\[([^\]]+)\]\(([^()\s]+)\)|\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\p{L}\p{N}*])[*_](?=\S)(.+?)(?<=\S)[*_](?![\p{L}\p{N}*])/gu;

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let after = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, label, address, strong, emphasis] = match;
    if (match.index > after) parts.push({ kind: "text", text: text.slice(after, match.index) });
    after = match.index + whole.length;
    if (code !== undefined) parts.push({ kind: "code", text: code });
    else if (label !== undefined && address !== undefined) {
      if (isSafeAddress(address)) parts.push({ kind: "link", href: address, parts: parseInline(label) });
      else parts.push({ kind: "text", text: whole });
    } else if (strong !== undefined) parts.push({ kind: "strong", parts: parseInline(strong) });
    else if (emphasis !== undefined) parts.push({ kind: "emphasis", parts: parseInline(emphasis) });
  }
  if (after < text.length) parts.push({ kind: "text", text: text.slice(after) });
  return parts;
}

/** Other pages of this installation, the web, and mail; nothing that runs. */
export const isSafeAddress = (address: string): boolean =>
  /^(https?:\/\/|mailto:)/i.test(address) || /^(\/(?![/\\])|#)/.test(address);
