/** What each page is for, and three things to do on it. */
export const help = {
  open: "Help with this page",
  title: "{{page}}",
  todo: "Three things to do",
  keys: "Press ? to see every keyboard shortcut of this page.",
  home: {
    title: "Home",
    purpose: "Home is where the day begins: what needs you, what goes out next and what went out.",
    first: "Look at “Needs you” first. A post or an account stands there only when a person has to decide.",
    second: "Check what is next. Open a post to move or change it before it goes out.",
    third: "Press c to write a post from any page.",
  },
  setup: {
    title: "Set up",
    purpose:
      "Four short steps from nothing to a first published post. You can leave at any time; Home brings you back.",
    first: "Name the workspace after the brand or the client it is for.",
    second: "Connect an account. Pretend accounts of the sandbox take two clicks and reach nobody.",
    third: "Publish the prepared post and open it where it is live.",
  },
  compose: {
    title: "Compose",
    purpose:
      "Write once, choose where it goes, and give single channels a text of their own where that reads better.",
    first: "Choose the channels on top. Fanfare counts and checks by the rules of each.",
    second: "Add pictures, with words for people who cannot see them.",
    third: "Choose when it goes out. Until then everything is kept as a draft by itself.",
  },
  calendar: {
    title: "Calendar",
    purpose: "The calendar shows what goes out when, and what became of it.",
    first: "Choose month, week, day or list at the top.",
    second:
      "Move a post by dragging it, or with the keyboard; on a touch screen, hold it first. You can undo it.",
    third: "Open a post to see where it is live.",
  },
  posts: {
    title: "Posts",
    purpose: "Every post with its state on every channel, from first draft to receipt.",
    first: "Use the tabs to see what is scheduled or needs you.",
    second: "Open a post to see each channel: when it went out, the link, or why not.",
    third: "Try again, change or duplicate a post from its panel.",
  },
  queue: {
    title: "Queue",
    purpose: "Fixed times of the week for each channel. A post sent to the queue takes the next free one.",
    first: "Open a channel and choose its slots, such as Monday to Friday at nine.",
    second: "Press a free slot to write a post for it.",
    third: "Look at the coming times, and open a post that stands in one to move it.",
  },
  library: {
    title: "Library",
    purpose: "Pictures and videos that you can use in any number of posts.",
    first: "Drop files anywhere on the page, or paste them.",
    second: "Write an alternative text once; every post starts with it.",
    third: "Open an item to see which posts use it.",
  },
  connections: {
    title: "Connections",
    purpose: "Accounts that Fanfare may act for, and the channels each of them offers.",
    first: "Connect an account: you sign in at the platform and agree there.",
    second: "Choose which of its channels you publish to, and pause one when it should rest.",
    third: "Reconnect an account when it says that access ended.",
  },
  apiKeys: {
    title: "API keys",
    purpose: "Keys let programs write and publish in this workspace, within the limits you give each.",
    first: "Make a key for each program and give it only what it needs.",
    second: "Copy the text at once; it is shown only that once.",
    third: "Open a key to see its calls, to rotate it, or to revoke it.",
  },
  pages: {
    title: "Public pages",
    purpose: "The privacy and terms pages that anybody can read without signing in.",
    first: "Read the text that stands there. It names whoever runs this installation.",
    second: "Replace it by your own where your lawyer asks for more.",
    third: "Restore the default whenever you want Fanfare’s own text back.",
  },
};
