/** One header as it stands in the form. */
export interface HeaderRow {
  /** Tells it from the others while its name is being typed. */
  key: number;
  name: string;
  value: string;
  /** The name under which the server has a value already, which nobody is shown. */
  kept?: string;
}

let made = 0;

export const newRow = (): HeaderRow => ({ key: ++made, name: "", value: "" });

export const rowsOf = (headers: readonly { name: string }[]): HeaderRow[] =>
  headers.map(({ name }) => ({ ...newRow(), name, kept: name }));

/** Whether it goes on with the value that it has. */
export const keepsValue = ({ name, value, kept }: HeaderRow): boolean =>
  value === "" && kept !== undefined && name.trim() === kept;

/** What the server is told; rows in which nothing was written are none. */
export const writtenOf = (rows: readonly HeaderRow[]): { name: string; value?: string }[] =>
  rows
    .filter(({ name, value }) => name.trim() !== "" || value !== "")
    .map((row) => ({ name: row.name.trim(), ...(keepsValue(row) ? {} : { value: row.value }) }));
