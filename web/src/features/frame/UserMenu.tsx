import { UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { LogOut, Monitor, Moon, Settings, ShieldCheck, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLogOut, useSession } from "@/features/account/session";
import { chooseLanguage, currentLanguage } from "@/i18n";
import { LANGUAGE_CODES, LANGUAGES, type LanguageCode } from "@/i18n/languages";
import { Avatar } from "@/ui/Avatar";
import { LateMenu } from "@/ui/over/LateMenu";
import { toastFailed } from "@/ui/toast";
import classes from "./Rail.module.css";

const THEMES = [
  { value: "auto", icon: Monitor, label: "user.themeAuto" },
  { value: "light", icon: Sun, label: "user.themeLight" },
  { value: "dark", icon: Moon, label: "user.themeDark" },
] as const;

/** Who is signed in: appearance, language and the way out. */
export function UserMenu({ folded, onNavigate }: { folded: boolean; onNavigate?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { user, status } = useSession();
  const logOut = useLogOut();
  // Mantine would add a style element to still transitions while switching.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });

  return (
    <LateMenu
      position="top-start"
      width={220}
      target={
        <UnstyledButton
          className={classes.item}
          data-folded={folded || undefined}
          aria-label={t("user.menu")}
        >
          <Avatar name={user.name} size={24} />
          <span className={classes.label}>{user.name}</span>
        </UnstyledButton>
      }
    >
      {(Menu) => (
        <>
          <Menu.Label>{user.email}</Menu.Label>
          <Menu.Link
            to="/settings/account"
            leftSection={<Settings size={15} aria-hidden="true" />}
            onClick={onNavigate}
          >
            {t("nav.account")}
          </Menu.Link>
          <Menu.Link
            to="/settings/security"
            search={{}}
            leftSection={<ShieldCheck size={15} aria-hidden="true" />}
            onClick={onNavigate}
          >
            {t("nav.security")}
          </Menu.Link>
          <Menu.Divider />
          <Menu.Label>{t("user.theme")}</Menu.Label>
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
          >
            {THEMES.map(({ value, icon: Icon, label }) => (
              <Menu.RadioItem key={value} value={value} rightSection={<Icon size={15} aria-hidden="true" />}>
                {t(label)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Label>{t("user.language")}</Menu.Label>
          <Menu.RadioGroup
            value={currentLanguage()}
            onChange={(code) =>
              void chooseLanguage(code as LanguageCode).catch((error: unknown) => toastFailed(error))
            }
          >
            {LANGUAGE_CODES.map((code) => (
              <Menu.RadioItem key={code} value={code} lang={code}>
                {LANGUAGES[code].name}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item
            leftSection={<LogOut size={15} aria-hidden="true" />}
            onClick={() => logOut.mutate(undefined, { onError: (error) => toastFailed(error) })}
          >
            {t("user.logOut")}
          </Menu.Item>
          <Menu.Label>{t("user.version", { version: status.version })}</Menu.Label>
        </>
      )}
    </LateMenu>
  );
}
