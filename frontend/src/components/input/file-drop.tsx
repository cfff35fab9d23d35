import { useId, useState } from 'react';
import classes from './file-drop.module.css';

type FileDropProps = { label: string; hint: string; accept: string; onFile: (file: File) => void };

/** A drop area for a file; a click or a key opens a file chooser. */
export function FileDrop({ label, hint, accept, onFile }: FileDropProps) {
  const [over, setOver] = useState(false);
  const input = useId();

  function take(files: FileList | null) {
    const file = files?.item(0);
    if (file != null) {
      onFile(file);
    }
  }

  return (
    <label
      htmlFor={input}
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <span className={classes.label}>{label}</span>
      <span className={classes.hint}>{hint}</span>
      <input
        id={input}
        type="file"
        accept={accept}
        className={classes.input}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}
