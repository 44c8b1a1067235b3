import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";
import { Tips } from "./Tips";

export { notifications } from "@mantine/notifications";
export { OpenDialog } from "./OpenDialog";
export { OpenMenu } from "./OpenMenu";
export { OpenPopover } from "./OpenPopover";

/** What lies over every page without being asked for. */
export function Over() {
  return (
    <>
      <Notifications position="top-center" limit={3} />
      <Tips />
    </>
  );
}
