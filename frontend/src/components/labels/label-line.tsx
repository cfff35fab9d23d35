import classes from './labels.module.css';

type LabelLineProps = {
  tags: string[];
  note?: string | null | undefined;
  /** A list has room for the beginning of a note only. */
  isShort?: boolean;
};

/** The tags and the note of an item; nothing where it has none. */
export function LabelLine({ tags, note, isShort = false }: LabelLineProps) {
  if (tags.length === 0 && !note) {
    return null;
  }
  return (
    <div className={classes.line}>
      {tags.map((tag) => (
        <span key={tag} className={`cut ${classes.tag}`} dir="auto">
          {tag}
        </span>
      ))}
      {note && (
        <span
          className={`${classes.note} ${isShort ? 'cut' : classes.wholeNote}`}
          title={isShort ? note : undefined}
          dir="auto"
        >
          {note}
        </span>
      )}
    </div>
  );
}
