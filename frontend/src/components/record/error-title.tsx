import { Text } from '@mantine/core';
import { errorWords } from '@/lib/values/error-words';
import classes from './error-report.module.css';

/** An error in words first, then what the service says of it, with the code for those who look it up. */
export function ErrorTitle({ error }: { error: { type: string; message: string } }) {
  const { title, detail, code } = errorWords(error);
  return (
    <>
      <Text fw={600} className={classes.message} dir="auto">
        {title}
      </Text>
      {detail !== undefined && (
        <Text size="sm" className={classes.message} dir="auto">
          {detail} <span className="quiet mono">{code}</span>
        </Text>
      )}
    </>
  );
}
