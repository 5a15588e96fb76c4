import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./error-boundary.module.css";

/** Props of `ErrorBoundary`. */
export interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: unknown;
}

/** Stands in for a part of the page that failed, with words and a way on. React asks for a class here. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error ?? new Error("unknown fault") };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? (
      this.props.children
    ) : (
      <Failure error={error} onRetry={() => this.setState({ error: undefined })} />
    );
  }
}

function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.failure}>
      <h2>{t("error.title")}</h2>
      <p>{t("error.hint")}</p>
      <pre>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
      <div className={classes.actions}>
        <Button onClick={onRetry}>{t("error.retry")}</Button>
        <Button variant="default" onClick={() => location.reload()}>
          {t("error.reload")}
        </Button>
      </div>
    </div>
  );
}
