/** Browsers list some zones under names that were given up; people search for today's. */
const TODAY: Record<string, string> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
};

/** Every time zone there is to choose, with `chosen` whatever it is called. */
export function zoneChoices(chosen: string): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf("timeZone").map((zone) => TODAY[zone] ?? zone);
  const all = new Set(["UTC", ...known, chosen]);
  return [...all].sort().map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
