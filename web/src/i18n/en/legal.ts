export const legal = {
  privacy: "Privacy",
  terms: "Terms",
  back: "Back to Fanfare",
  changed: "Last changed {{at}}",
};
