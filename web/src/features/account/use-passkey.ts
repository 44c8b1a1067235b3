import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { logInWithPasskey, offersPasskeys, wasLetPass } from "./passkeys";

/** A question is good for five minutes on the server; another one is asked before it ends. */
const ASK_AGAIN_MS = 4 * 60_000;

interface PasskeyLogIn {
  /** Asks at once. */
  ask: () => void;
  pending: boolean;
  /** Why it did not work; `true` when no passkey was chosen. */
  failed: unknown;
}

/** Logs in with a passkey: by a button, and from the list that the browser shows at the address field. */
export function usePasskey(enabled: boolean, onDone: () => void): PasskeyLogIn {
  const queryClient = useQueryClient();
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  // A browser answers one question at a time.
  const underWay = useRef<AbortController>(undefined);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });

  const begin = useCallback(
    async (isOffer: boolean) => {
      underWay.current?.abort();
      const own = new AbortController();
      underWay.current = own;
      try {
        await logInWithPasskey(own.signal, isOffer);
      } catch (error) {
        if (own.signal.aborted) return;
        if (!isOffer || !wasLetPass(error)) setFailed(wasLetPass(error) ? true : error);
        if (!isOffer) setRound((before) => before + 1);
        return;
      }
      await queryClient.resetQueries();
      done.current();
    },
    [queryClient],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    if (!enabled) return;
    let gone = false;
    void offersPasskeys().then((can) => {
      if (can && !gone) void begin(true);
    });
    const again = setTimeout(() => setRound((before) => before + 1), ASK_AGAIN_MS);
    return () => {
      gone = true;
      clearTimeout(again);
      underWay.current?.abort();
    };
  }, [enabled, round, begin]);

  return {
    ask: () => {
      setFailed(null);
      setPending(true);
      void begin(false).finally(() => setPending(false));
    },
    pending,
    failed,
  };
}
