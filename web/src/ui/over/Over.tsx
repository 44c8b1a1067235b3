import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Menu.layer.css";
import "@mantine/core/styles/Notification.layer.css";
import "@mantine/core/styles/Tooltip.layer.css";
import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";
import { Tips } from "./Tips";

export { notifications } from "@mantine/notifications";
export { OpenMenu } from "./OpenMenu";

/** What lies over every page without being asked for. */
export function Over() {
  return (
    <>
      <Notifications position="top-center" limit={3} />
      <Tips />
    </>
  );
}
