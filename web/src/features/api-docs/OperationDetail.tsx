import { KeyRound, LockOpen, UserRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/ui/Badge";
import type { Answer, Description, Operation } from "./description";
import { FieldRows } from "./FieldRows";
import classes from "./OperationCard.module.css";
import { unfilled } from "./request";
import { Sample } from "./Sample";
import { choicesOf, flat, rowsOf, typeOf } from "./schema-rows";
import { TryIt } from "./TryIt";
import { Words } from "./Words";

interface OperationDetailProps {
  operation: Operation;
  description: Description;
}

/** What a call needs, takes and answers, and what it looks like in a program. */
export function OperationDetail({ operation, description }: OperationDetailProps) {
  const { t } = useTranslation();
  const [filled, setFilled] = useState(() => unfilled(operation));
  const parameters = operation.parameters.filter((one) => one.in !== "header");
  const headers = operation.parameters.filter((one) => one.in === "header");
  const rows = (some: typeof parameters) =>
    some.map(({ name, required = false, description: help = "", schema = {} }) => {
      const shape = flat(schema, description);
      return {
        path: name,
        name,
        depth: 0,
        type: typeOf(schema, description),
        required,
        help: help || shape.description || "",
        choices: choicesOf(shape),
      };
    });
  return (
    <div className={classes.detail}>
      <div className={classes.facts}>
        <Access operation={operation} />
        {operation.description && (
          <p lang="en">
            <Words text={operation.description} />
          </p>
        )}
        {parameters.length > 0 && (
          <Part title={t("apiDocs.parameters")}>
            <FieldRows rows={rows(parameters)} />
          </Part>
        )}
        {operation.body && (
          <Part title={t("apiDocs.body")} beside={operation.body.type}>
            <FieldRows rows={rowsOf(operation.body.schema, description)} />
          </Part>
        )}
        {headers.length > 0 && (
          <Part title={t("apiDocs.headers")}>
            <FieldRows rows={rows(headers)} />
          </Part>
        )}
        <Part title={t("apiDocs.answers")}>
          {operation.answers.map((answer) => (
            <OneAnswer key={answer.status} answer={answer} description={description} />
          ))}
        </Part>
      </div>
      <div className={classes.doing}>
        <Sample operation={operation} filled={filled} />
        <TryIt operation={operation} filled={filled} onFill={setFilled} />
      </div>
    </div>
  );
}

function Access({ operation: { isOpen, scope } }: { operation: Operation }) {
  const { t } = useTranslation();
  if (isOpen)
    return (
      <Badge tone="good" icon={<LockOpen size={12} aria-hidden="true" />}>
        {t("apiDocs.open")}
      </Badge>
    );
  return scope ? (
    <Badge tone="info" icon={<KeyRound size={12} aria-hidden="true" />}>
      {t("apiDocs.withKey", { scope })}
    </Badge>
  ) : (
    <Badge tone="quiet" icon={<UserRound size={12} aria-hidden="true" />}>
      {t("apiDocs.withoutKey")}
    </Badge>
  );
}

function Part({ title, beside, children }: { title: string; beside?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h4 className={classes.part}>
        {title} {beside && <code className={classes.beside}>{beside}</code>}
      </h4>
      {children}
    </section>
  );
}

function OneAnswer({ answer, description }: { answer: Answer; description: Description }) {
  const { t } = useTranslation();
  const rows = answer.schema ? rowsOf(answer.schema, description) : [];
  const head = (
    <>
      <strong>{answer.status === "default" ? t("apiDocs.anything") : answer.status}</strong>{" "}
      <span lang="en">{answer.description}</span>
    </>
  );
  if (rows.length === 0) return <p className={classes.answer}>{head}</p>;
  return (
    <details className={classes.answer}>
      <summary>{head}</summary>
      <FieldRows rows={rows} />
    </details>
  );
}
