import { Button, Text } from '@mantine/core';
import { faultPlace, type RecordFault } from '@/lib/values/record';
import { CodeBlock } from '../code/code-block';
import classes from './fault-report.module.css';

type FaultReportProps = {
  fault: RecordFault;
  source?: string | undefined;
  /** Shows the line of the script elsewhere. */
  onOpen?: ((fault: RecordFault) => void) | undefined;
};

/** Why a record failed: type and message, where, the traceback, and the line of the script lit. */
export function FaultReport({ fault, source, onOpen }: FaultReportProps) {
  return (
    <section className={classes.report} aria-label="Error">
      <Text fw={600} className={classes.message} dir="auto">
        {fault.type}: {fault.message}
      </Text>
      <Text size="xs" className="quiet" mb={6}>
        {faultPlace(fault)}
      </Text>
      {source !== undefined && fault.line != null && (
        <CodeBlock source={source} label={`Script ${fault.script ?? ''}`} litLine={fault.line} />
      )}
      {onOpen !== undefined && fault.line != null && (
        <Button variant="default" size="compact-xs" onClick={() => onOpen(fault)}>
          Open {fault.script} at line {fault.line}
        </Button>
      )}
      {fault.traceback && (
        <details>
          <summary>Traceback</summary>
          <pre className={classes.traceback}>{fault.traceback}</pre>
        </details>
      )}
    </section>
  );
}
