/** What may stand in a message that is shown; everything else is left out, most of it with what is in it. */
const ELEMENTS = new Set(
  "a abbr article b blockquote br caption center code dd div dl dt em font footer h1 h2 h3 h4 h5 h6 header hr i img li main ol p pre s section small span strong sub sup table tbody td tfoot th thead tr u ul".split(
    " ",
  ),
);
const GONE_WITH_CONTENT = new Set(
  "script style iframe object embed form input button textarea select svg math template noscript head title meta link base".split(
    " ",
  ),
);
const ATTRIBUTES = new Set(
  "align alt bgcolor border cellpadding cellspacing class color colspan dir height lang role rowspan title valign width".split(
    " ",
  ),
);

/**
 * Puts a message's HTML into a document, element by element: nothing that runs, asks or fetches comes along.
 *
 * The content security policy knows no inline styles, so those of the message are set from here, which it allows; what
 * they would fetch is taken out.
 */
export function writeMail(html: string, into: Document): void {
  adoptSheet(into, [...html.matchAll(SHEET)].map(([, rules = ""]) => rules).join("\n"));
  const message = new DOMParser().parseFromString(withoutInlineStyles(html), "text/html");
  const root = into.createElement("div");
  copyStyle(message.body, root);
  for (const child of message.body.childNodes) append(child, root, into);
  into.body.replaceChildren(root);
}

/** Browsers apply the policy to what is only parsed, too, and would complain; so styles wait under another name. */
const withoutInlineStyles = (html: string): string =>
  html
    .replace(SHEET, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style(?=\s*=)/gi, `$1${STYLE}`));

const STYLE = "data-style";
const SHEET = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;
const FETCHES = /url\(|image-set\(|@import|\\/i;

/** The message's rules, as far as nothing in them fetches. */
function adoptSheet(into: Document, rules: string): void {
  const Sheet = into.defaultView?.CSSStyleSheet;
  if (!Sheet || rules.trim() === "" || FETCHES.test(rules)) return;
  const sheet = new Sheet();
  sheet.replaceSync(rules);
  into.adoptedStyleSheets = [sheet];
}

function append(node: Node, parent: Element, into: Document): void {
  if (node.nodeType === Node.TEXT_NODE) {
    parent.append(into.createTextNode(node.textContent ?? ""));
    return;
  }
  if (!(node instanceof Element)) return;
  const name = node.localName;
  if (GONE_WITH_CONTENT.has(name)) return;
  const target = ELEMENTS.has(name) ? into.createElement(name) : null;
  if (target) {
    copyAttributes(node, target);
    parent.append(target);
  }
  for (const child of node.childNodes) append(child, target ?? parent, into);
}

function copyAttributes(from: Element, to: HTMLElement): void {
  for (const { name, value } of from.attributes) if (ATTRIBUTES.has(name)) to.setAttribute(name, value);
  const href = from.getAttribute("href");
  if (to.localName === "a" && href && /^(https?:|mailto:)/i.test(href)) {
    to.setAttribute("href", href);
    to.setAttribute("target", "_blank");
    to.setAttribute("rel", "noopener noreferrer");
  }
  const src = from.getAttribute("src");
  if (to.localName === "img" && src && /^data:image\/(png|jpeg|gif|webp);/i.test(src))
    to.setAttribute("src", src);
  copyStyle(from, to);
}

/** One declaration after the other, without what would fetch. */
function copyStyle(from: Element, to: HTMLElement): void {
  for (const declaration of (from.getAttribute(STYLE) ?? "").split(";")) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim();
    const value = declaration.slice(colon + 1).trim();
    if (!FETCHES.test(value)) to.style.setProperty(name, value);
  }
}
