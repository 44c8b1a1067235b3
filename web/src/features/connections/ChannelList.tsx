import { useTranslation } from "react-i18next";
import type { Connection } from "@/api/model";
import classes from "./ChannelList.module.css";
import { ChannelRow } from "./ChannelRow";

/** The places an account can publish to, each with its switch. */
export function ChannelList({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  if (connection.channels.length === 0)
    return <p className={classes.none}>{t("connections.channelsNone")}</p>;
  return (
    <ul className={classes.list}>
      {connection.channels.map((channel) => (
        <ChannelRow key={channel.id} channel={channel} />
      ))}
    </ul>
  );
}
