import { Button, FileButton as MantineFileButton } from '@mantine/core';

type FileButtonProps = { label: string; accept: string; onFile: (file: File) => void };

/** A small button that opens a file chooser. */
export function FileButton({ label, accept, onFile }: FileButtonProps) {
  return (
    <MantineFileButton accept={accept} onChange={(file) => file !== null && onFile(file)}>
      {(props) => (
        <Button {...props} size="compact-xs" variant="subtle">
          {label}
        </Button>
      )}
    </MantineFileButton>
  );
}
