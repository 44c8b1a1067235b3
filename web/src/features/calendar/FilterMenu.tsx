import { Button, Menu } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

export interface FilterOption {
  value: string;
  label: string;
  icon?: ReactNode;
}

interface FilterMenuProps {
  label: string;
  /** On the button: what is let through. */
  words: string;
  icon: ReactNode;
  options: FilterOption[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** One filter of several choices; none chosen lets everything through. */
export function FilterMenu({ label, words, icon, options, chosen, onChange }: FilterMenuProps) {
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button
          leftSection={icon}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
          aria-label={`${label}: ${words}`}
          data-on={chosen.length > 0 || undefined}
        >
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }} aria-label={label}>
        <Menu.CheckboxGroup value={chosen} onChange={onChange}>
          {options.map(({ value, label: name, icon: mark }) => (
            <Menu.CheckboxItem key={value} value={value} rightSection={mark}>
              {name}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
