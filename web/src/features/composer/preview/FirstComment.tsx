import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import classes from "./frames.module.css";
import { Words } from "./parts";

/** The comment that follows the post at once. */
export function FirstComment({ channel, text }: { channel: Channel; text: string }) {
  const { t } = useTranslation();
  if (text.trim() === "") return null;
  return (
    <section className={classes.first} aria-label={t("editor.preview.firstComment")}>
      <Words text={text} ranges={[]} before={<strong>{channel.name} </strong>} />
    </section>
  );
}
