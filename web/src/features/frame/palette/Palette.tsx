import { Modal } from "@mantine/core";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorLine } from "@/i18n/error-text";
import { Keys } from "@/ui/Keys";
import { PlatformTile } from "@/ui/PlatformTile";
import { useReturnFocus } from "@/ui/use-return-focus";
import { keyCaps } from "../shortcuts/keys";
import { COMMAND_GROUPS, type Command, useCommands } from "./commands";
import classes from "./Palette.module.css";
import { useDelayed } from "./use-delayed";

/**
 * Search and jump: pages, posts, channels, pictures and actions under one field.
 *
 * The field keeps the focus; arrow keys choose, Enter goes. It is our own because Mantine's locks scrolling by a style
 * element, which the content security policy forbids.
 */
export function Palette({ onClose, onSheet }: { onClose: () => void; onSheet: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const asked = useDelayed(typed, 180);
  const { commands, searching, failed } = useCommands(asked, onSheet);
  const chosen = commands.find(({ id }) => id === chosenId) ?? commands[0];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = chosen ? commands.indexOf(chosen) : -1;
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % commands.length,
      ArrowUp: (at - 1 + commands.length) % commands.length,
      PageDown: Math.min(at + 8, commands.length - 1),
      PageUp: Math.max(at - 8, 0),
    };
    const next = steps[event.key];
    if (next !== undefined && commands.length > 0) {
      event.preventDefault();
      setChosenId(commands[next]?.id ?? null);
    } else if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={620}
      padding={0}
      yOffset="12vh"
      centered={false}
      aria-label={t("palette.label")}
      classNames={{ content: classes.dialog, body: classes.body }}
    >
      <div className={classes.search}>
        <Search size={16} aria-hidden="true" />
        <input
          className={classes.input}
          type="text"
          role="combobox"
          aria-label={t("palette.label")}
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${listId} ${chosen.id}`.replaceAll(" ", "-") : undefined}
          placeholder={t("palette.placeholder")}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosenId(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} className={classes.list} id={listId} role="listbox" aria-label={t("palette.results")}>
        {COMMAND_GROUPS.map((group) => {
          const here = commands.filter((command) => command.group === group);
          if (here.length === 0) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a listbox is divided by groups
            <div key={group} role="group" aria-label={t(`palette.groups.${group}`)}>
              <p className={classes.heading} aria-hidden="true">
                {t(`palette.groups.${group}`)}
              </p>
              {here.map((command) => (
                <Option
                  key={command.id}
                  id={`${listId} ${command.id}`.replaceAll(" ", "-")}
                  command={command}
                  chosen={command === chosen}
                  onPoint={() => setChosenId(command.id)}
                  onRun={() => run(command)}
                />
              ))}
            </div>
          );
        })}
      </div>
      <p className={classes.told} role="status">
        {failed
          ? errorLine(failed)
          : commands.length > 0
            ? t("palette.found", { count: commands.length })
            : searching || asked !== typed
              ? t("palette.searching")
              : t("palette.nothing", { words: typed.trim() })}
      </p>
    </Modal>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  chosen: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Option({ id, command, chosen, onPoint, onRun }: OptionProps) {
  const { t } = useTranslation();
  const Icon = command.icon;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field keeps the focus and takes the keys
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={classes.option}
      onMouseMove={onPoint}
      onClick={onRun}
    >
      {command.platform ? (
        <PlatformTile platform={command.platform} />
      ) : (
        <Icon size={16} aria-hidden="true" className={classes.icon} />
      )}
      <span className={classes.title}>{command.title}</span>
      {command.detail && <span className={classes.detail}>{command.detail}</span>}
      {command.keys && (
        <span aria-hidden="true">
          <Keys presses={keyCaps(command.keys)} between={t("shortcuts.afterwards")} />
        </span>
      )}
    </div>
  );
}
