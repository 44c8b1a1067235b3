import { rustTexts, statesOf } from "./rust-texts";

const CRATES = ["app", "store", "fanfare"];

/** Where the name of an action ends in a state, it is that of one of these kinds. */
const STATES: Record<string, string> = {
  connection: "ConnectionStatus",
  delivery: "DeliveryState",
  first_comment: "CommentState",
};
/** Nothing is written down before a decision, and what follows from the clock is never. */
const NEVER = ["delivery.draft", "delivery.waiting_approval", "connection.expiring"];

/** What customers' webhooks are told has names of its own. */
const NAMES_OF_MESSAGES = ["catalogue", "data", "guide", "trial"].map((file) => `app/src/telling/${file}.rs`);
/** They look alike and name something else. */
const NO_ACTIONS = [
  // Jobs.
  "connection.tell",
  "hear.again",
  "hear.catch_up",
  "hear.claim",
  "hear.look",
  "hear.subscribe",
  "mail.send",
  "media.import",
  "notification.mail",
  "password.forgot",
  "tell.disabled",
  "workspace.export",
  // Fields of what is asked.
  "schedule.at",
  "schedule.kind",
  "schedule.repeat",
  "schedule.time_zone",
];
const FILE = /\.(db|html|jpg|json|toml|zip)$/;

/** Every action that the server writes into an audit log, by its source; where its name ends in a state, with each state. */
export function actionsOfTheServer(): string[] {
  const actions = rustTexts(CRATES)
    .filter(({ file, text }) => !NAMES_OF_MESSAGES.includes(file) && !FILE.test(text))
    .flatMap(({ text }) => {
      const [, of, what] = /^([a-z_]+)\.([a-z_]+|\{\})$/.exec(text) ?? [];
      if (!of || !what) return [];
      if (what !== "{}") return [text];
      return STATES[of] ? statesOf(STATES[of]).map((state) => `${of}.${state}`) : [];
    });
  return [...new Set(actions)].filter((action) => !NO_ACTIONS.includes(action) && !NEVER.includes(action));
}
