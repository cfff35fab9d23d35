import { Icon, type IconName } from '@/components/icon';
import classes from './column-bar.module.css';
import { type ColumnChoice, moved, pinToggled } from './column-choice';

/** The controls of a column in the list of columns. They are the browser's own, because there may be a hundred of each. */

type ColumnCheckProps = { name: string; isShown: boolean; isDisabled: boolean; onToggle: () => void };

export function ColumnCheck({ name, isShown, isDisabled, onToggle }: ColumnCheckProps) {
  return (
    <label className={classes.check}>
      <input type="checkbox" checked={isShown} disabled={isDisabled} onChange={onToggle} />
      <span className="cut" dir="auto">
        {name}
      </span>
    </label>
  );
}

const widthChoices = [
  { value: '', label: 'Any width' },
  { value: '90', label: 'Narrow' },
  { value: '180', label: 'Medium' },
  { value: '360', label: 'Wide' },
];

type WidthChoiceProps = {
  name: string;
  width: number | undefined;
  onWidth: (name: string, width: number | undefined) => void;
};

export function WidthChoice({ name, width, onWidth }: WidthChoiceProps) {
  const value = width === undefined ? '' : String(width);
  const isOwn = widthChoices.every((choice) => choice.value !== value);
  return (
    <select
      className={classes.width}
      aria-label={`Width of ${name}`}
      value={value}
      onChange={({ currentTarget }) =>
        onWidth(name, currentTarget.value === '' ? undefined : Number(currentTarget.value))
      }
    >
      {widthChoices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
      {isOwn && <option value={value}>{value} px</option>}
    </select>
  );
}

type ColumnMovesProps = { name: string; choice: ColumnChoice; onChoice: (choice: ColumnChoice) => void };

export function ColumnMoves({ name, choice, onChoice }: ColumnMovesProps) {
  const at = choice.names.indexOf(name);
  const isPinned = at < choice.pinned;
  const canMove = (by: -1 | 1) => moved(choice, name, by).names[at] !== name;
  return (
    <>
      <SmallButton
        label={`Pin ${name}`}
        icon="pin"
        isPressed={isPinned}
        title={isPinned ? 'Let it scroll' : 'Keep it in sight'}
        onClick={() => onChoice(pinToggled(choice, name))}
      />
      <SmallButton
        label={`Move ${name} to the left`}
        icon="up"
        isDisabled={!canMove(-1)}
        onClick={() => onChoice(moved(choice, name, -1))}
      />
      <SmallButton
        label={`Move ${name} to the right`}
        icon="down"
        isDisabled={!canMove(1)}
        onClick={() => onChoice(moved(choice, name, 1))}
      />
    </>
  );
}

type SmallButtonProps = {
  label: string;
  icon: IconName;
  title?: string;
  isPressed?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
};

function SmallButton({ label, icon, title, isPressed, isDisabled = false, onClick }: SmallButtonProps) {
  return (
    <button
      type="button"
      className={classes.small}
      aria-label={label}
      aria-pressed={isPressed}
      title={title}
      disabled={isDisabled}
      onClick={onClick}
    >
      <Icon name={icon} size={14} />
    </button>
  );
}
