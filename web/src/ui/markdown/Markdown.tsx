import { Fragment, useMemo } from "react";
import classes from "./Markdown.module.css";
import { type Block, type Inline, parseMarkdown } from "./parse";

/** Plain text with a little Markdown, made of elements one by one; no HTML of anybody's is ever used. */
export function Markdown({ text, below = 0 }: { text: string; below?: 0 | 1 | 2 }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div className={classes.text}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are
        <BlockView key={index} block={block} below={below} />
      ))}
    </div>
  );
}

function BlockView({ block, below }: { block: Block; below: number }) {
  switch (block.kind) {
    case "heading": {
      const Tag = `h${Math.min(block.level + below, 6)}` as "h1";
      return (
        <Tag className={classes.heading} data-level={block.level}>
          <Parts parts={block.parts} />
        </Tag>
      );
    }
    case "list": {
      const Tag = block.ordered ? "ol" : "ul";
      return (
        <Tag className={classes.list} data-ordered={block.ordered || undefined}>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are
            <li key={index}>
              <Parts parts={item} />
            </li>
          ))}
        </Tag>
      );
    }
    case "quote":
      return (
        <blockquote className={classes.quote}>
          <Parts parts={block.parts} />
        </blockquote>
      );
    case "rule":
      return <hr className={classes.rule} />;
    default:
      return (
        <p>
          <Parts parts={block.parts} />
        </p>
      );
  }
}

function Parts({ parts }: { parts: Inline[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are
    <Fragment key={index}>
      <Part part={part} />
    </Fragment>
  ));
}

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return <code>{part.text}</code>;
    case "strong":
      return (
        <strong>
          <Parts parts={part.parts} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Parts parts={part.parts} />
        </em>
      );
    default:
      return (
        <a href={part.href} rel="noreferrer">
          <Parts parts={part.parts} />
        </a>
      );
  }
}
