import { Skeleton } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import type { Description, Operation } from "./description";
import classes from "./OperationCard.module.css";

const OperationDetail = lazy(async () => ({ default: (await import("./OperationDetail")).OperationDetail }));

const route = getRouteApi("/docs");

interface OperationCardProps {
  operation: Operation;
  description: Description;
  /** The address names this one. */
  isNamed: boolean;
}

/** One call: a line that opens. */
export function OperationCard({ operation, description, isNamed }: OperationCardProps) {
  const navigate = route.useNavigate();
  const [isOpen, setOpen] = useState(isNamed);
  const card = useRef<HTMLLIElement>(null);
  const wasNamed = useRef(isNamed);
  const id = useId();
  useEffect(() => {
    // Only for whoever came by a link to it: whoever presses it has it before their eyes.
    if (wasNamed.current) card.current?.scrollIntoView?.();
  }, []);
  const toggle = () => {
    setOpen(!isOpen);
    const call = isOpen ? undefined : operation.id;
    void navigate({ search: (now) => ({ ...now, call }), replace: true, resetScroll: false });
  };
  return (
    <li ref={card} className={classes.card}>
      <h3 className={classes.line}>
        <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={toggle}>
          <ChevronRight className={classes.arrow} size={14} aria-hidden="true" />
          <span className={classes.method} data-method={operation.method}>
            {operation.method}
          </span>{" "}
          <code className={classes.path}>{operation.path}</code>{" "}
          <span className={classes.summary} lang="en">
            {operation.summary}
          </span>
        </button>
      </h3>
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <Suspense fallback={<Skeleton height={120} radius={8} />}>
            <OperationDetail operation={operation} description={description} />
          </Suspense>
        )}
      </div>
    </li>
  );
}
