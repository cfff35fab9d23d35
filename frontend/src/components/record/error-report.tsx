import { Button, Text } from '@mantine/core';
import { errorLocation, type RecordError } from '@/lib/values/record';
import { CodeBlock } from '../code/code-block';
import classes from './error-report.module.css';
import { ErrorTitle } from './error-title';

type ErrorReportProps = {
  error: RecordError;
  source?: string | undefined;
  /** Opens the script at the line. */
  onOpen?: ((error: RecordError) => void) | undefined;
};

/** Why a record failed: type and message, the place, the script with its line highlighted, and the traceback. */
export function ErrorReport({ error, source, onOpen }: ErrorReportProps) {
  return (
    <section className={classes.report} aria-label="Error">
      <ErrorTitle error={error} />
      <Text size="xs" className="quiet" mb={6}>
        {errorLocation(error)}
      </Text>
      {source !== undefined && error.line != null && (
        <CodeBlock source={source} label={`Script ${error.script ?? ''}`} highlightedLine={error.line} />
      )}
      {onOpen !== undefined && error.line != null && (
        <Button variant="default" size="compact-xs" onClick={() => onOpen(error)}>
          Open {error.script} at line {error.line}
        </Button>
      )}
      {error.traceback && (
        <details>
          <summary>Traceback</summary>
          <pre className={classes.traceback}>{error.traceback}</pre>
        </details>
      )}
    </section>
  );
}
