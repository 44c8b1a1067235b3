import { createTheme, type MantineColorsTuple } from "@mantine/core";
import controls from "./controls.module.css";

const accent: MantineColorsTuple = [
  "#f0eefd",
  "#e0dcfa",
  "#bdb6ff",
  "#9b92f2",
  "#8278ee",
  "#6f63ea",
  "#5b4fd6",
  "#4f43c8",
  "#4637b8",
  "#25214a",
];

const gray: MantineColorsTuple = [
  "#f6f6f9",
  "#f1f1f5",
  "#e7e7ee",
  "#d8d8e2",
  "#d8d8e2",
  "#8b8b9d",
  "#6a6a7f",
  "#5d5d70",
  "#3a3a48",
  "#1b1b25",
];

const dark: MantineColorsTuple = [
  "#ededf3",
  "#c6c6d2",
  "#9292a6",
  "#6c6c80",
  "#353543",
  "#282833",
  "#18181f",
  "#121217",
  "#0f0f14",
  "#0b0b0f",
];

/**
 * Fanfare's own face for Mantine.
 *
 * `variables.css` is generated from it (`npm run theme`), because the content security policy forbids the `<style>`
 * element that Mantine would add at run time. For the same reason nothing locks scrolling through Mantine.
 */
export const theme = createTheme({
  colors: { accent, gray, dark },
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 5 },
  white: "#ffffff",
  black: "#1b1b25",
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  lineHeights: { xs: "16px", sm: "18px", md: "20px", lg: "24px", xl: "26px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "20px", xl: "24px" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: "default" }, classNames: { root: controls.button } },
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray", size: 32 },
      classNames: { root: controls.iconButton },
    },
    Input: { classNames: { wrapper: controls.inputWrapper, input: controls.input } },
    InputWrapper: {
      classNames: {
        label: controls.label,
        description: controls.description,
        error: controls.error,
        required: controls.required,
      },
    },
    SegmentedControl: {
      defaultProps: { size: "sm", withItemsBorders: true, transitionDuration: 0 },
      classNames: {
        root: controls.segments,
        label: controls.segmentLabel,
        indicator: controls.segmentIndicator,
        control: controls.segment,
      },
    },
    Switch: {
      defaultProps: { size: "sm", withThumbIndicator: false },
      classNames: { track: controls.switchTrack, label: controls.switchLabel },
    },
    Menu: {
      // The placeholder is a child that a menu may not have; without it the first item gets the focus.
      defaultProps: { withInitialFocusPlaceholder: false, shadow: "none", transitionProps: { duration: 0 } },
      classNames: { dropdown: controls.dropdown, item: controls.menuItem },
    },
    Popover: {
      defaultProps: { shadow: "none", transitionProps: { duration: 0 } },
      classNames: { dropdown: controls.dropdown },
    },
    Modal: {
      defaultProps: { lockScroll: false, centered: true, transitionProps: { duration: 0 } },
      classNames: {
        content: controls.modal,
        header: controls.modalHeader,
        title: controls.modalTitle,
        overlay: controls.overlay,
      },
    },
    Notification: {
      classNames: { root: controls.toast, title: controls.toastTitle, description: controls.toastText },
    },
    DrawerRoot: {
      defaultProps: { lockScroll: false, transitionProps: { duration: 0 } },
      classNames: { overlay: controls.overlay },
    },
    Tooltip: {
      defaultProps: {
        openDelay: 300,
        transitionProps: { duration: 0 },
        events: { hover: true, focus: true, touch: false },
      },
      classNames: { tooltip: controls.tooltip },
    },
    Skeleton: { defaultProps: { radius: "sm" }, classNames: { root: controls.skeleton } },
  },
});
