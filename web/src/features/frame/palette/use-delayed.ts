import { useEffect, useState } from "react";

/** The value once it has rested: for what is asked of the server while somebody types. */
export function useDelayed<T>(value: T, millis: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return rested;
}
