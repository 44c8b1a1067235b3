import { Button } from "@mantine/core";
import { AtSign, Bookmark, Globe, Lock, Moon, Repeat2, Reply, Star } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { channelPicture } from "@/api/pictures";
import { Avatar } from "@/ui/Avatar";
import { choiceLabel, choiceOr, chosen, linkIn, type PreviewProps } from "./content";
import classes from "./frames.module.css";
import { Grid, LinkCard, Words } from "./parts";

const SEEN_BY = { public: Globe, unlisted: Moon, private: Lock, direct: AtSign };

/** With whom it is shared, behind its content warning if it has one. */
export function MastodonPreview({ channel, text, ranges, media, options }: PreviewProps) {
  const { t } = useTranslation();
  const warning = chosen(options, "content_warning").trim();
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState(false);
  const visibility = choiceOr(channel, options, "visibility");
  const Seen = SEEN_BY[visibility as keyof typeof SEEN_BY] ?? Globe;
  const hides = (options.sensitive === true || warning !== "") && !seen && !open;
  const card = linkIn(text, ranges);
  return (
    <article className={classes.post}>
      <div className={classes.padded}>
        <header className={classes.who}>
          <Avatar name={channel.name} src={channelPicture(channel)} size={36} />
          <div className={classes.names}>
            <p className={classes.name}>{channel.name}</p>
            <p className={classes.sub}>
              <Seen size={12} aria-hidden="true" />
              {choiceLabel(channel, "visibility", visibility)} · {t("editor.preview.now")}
            </p>
          </div>
        </header>
        {warning !== "" && (
          <div className={classes.warning}>
            <p dir="auto">{warning}</p>
            <Button size="xs" aria-expanded={open} onClick={() => setOpen((now) => !now)}>
              {t(open ? "editor.preview.showLess" : "editor.preview.showMore")}
            </Button>
          </div>
        )}
        {(warning === "" || open) && (
          <>
            <Words text={text} ranges={ranges} />
            {media.length > 0 &&
              (hides ? (
                <div className={classes.hidden}>
                  <Button size="xs" onClick={() => setSeen(true)}>
                    {t("editor.preview.sensitive")}
                  </Button>
                </div>
              ) : (
                <div className={classes.rounded}>
                  <Grid media={media} />
                </div>
              ))}
            {media.length === 0 && card && <LinkCard {...card} />}
          </>
        )}
        <div className={classes.spread} aria-hidden="true">
          <Reply size={17} />
          <Repeat2 size={17} />
          <Star size={17} />
          <Bookmark size={17} />
        </div>
      </div>
    </article>
  );
}
