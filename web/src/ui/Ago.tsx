import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { exact, relative } from "@/i18n/format";

/** A moment in relative words that keep up with the clock; the exact time on hover. */
export function Ago({ at }: { at: string }) {
  // Another language is another sentence.
  useTranslation();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 15_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={exact(at)}>
      {relative(at)}
    </time>
  );
}
