/** Where an administrator writes the privacy and terms pages. */
export const publicPages = {
  title: "Public pages",
  hint: "Privacy and terms, readable without signing in",
  which: "Which page",
  text: "Text",
  help: "Headings with #, lists with -, **bold**, *italics* and [links](https://…). HTML is shown as it is written.",
  preview: "Preview",
  save: "Save",
  saved: "The page is saved",
  isDefault:
    "This is Fanfare’s own text, in the reader’s language. As soon as you change it, everybody reads yours.",
  isReplaced: "Replaced by {{name}}, {{at}}",
  restore: "Restore default",
  restoreTitle: "Restore Fanfare’s own text of “{{page}}”?",
  restoreDetail: "Your text is deleted for good. Copy it first if you may need it again.",
  restored: "Fanfare’s own text is back",
  keepMine: "Keep my text",
  view: "Open the page",
  onlyAdmins: "Only administrators of this installation change these pages.",
};
