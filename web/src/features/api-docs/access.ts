import { createContext, useContext } from "react";

/** As whom calls are tried: by the browser's session, or with a key that is typed in. */
export interface Access {
  signedIn: boolean;
  by: "session" | "key";
  key: string;
}

export const AccessContext = createContext<Access>({ signedIn: false, by: "key", key: "" });

export const useAccess = (): Access => useContext(AccessContext);
