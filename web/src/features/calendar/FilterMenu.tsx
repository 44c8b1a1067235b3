import { Button } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { LateMenu } from "@/ui/over/LateMenu";

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
    <LateMenu
      position="bottom-end"
      closeOnItemClick={false}
      target={
        <Button
          leftSection={icon}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
          aria-label={`${label}: ${words}`}
          data-on={chosen.length > 0 || undefined}
        >
          {words}
        </Button>
      }
      dropdown={{ mah: 360, style: { overflowY: "auto" }, "aria-label": label }}
    >
      {(Menu) => (
        <Menu.CheckboxGroup value={chosen} onChange={onChange}>
          {options.map(({ value, label: name, icon: mark }) => (
            <Menu.CheckboxItem key={value} value={value} rightSection={mark}>
              {name}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      )}
    </LateMenu>
  );
}
