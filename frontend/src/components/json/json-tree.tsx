import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { JsonValue } from '@/lib/values/exact-json';
import { isFoldable, type JsonNode, openAll, openRows, reveal, rootOf } from './json-node';
import { JsonRow } from './json-row';
import { JsonToolbar } from './json-toolbar';
import classes from './json-tree.module.css';

const rowHeight = 22;
/** So many rows are seen at once; more scroll. */
const maxRows = 26;

type JsonTreeProps = {
  value: JsonValue;
  label: string;
  /** What a script calls the value. */
  name?: string;
};

/**
 * A value as a tree that is searched, folded and copied from. Only the rows in sight exist, so that megabytes open at
 * once. The arrow keys move in it, Left and Right fold and open.
 */
export function JsonTree({ value, label, name = 'record' }: JsonTreeProps) {
  const root = useMemo(() => rootOf(value), [value]);
  // The nodes remember what is open, so that each change of them is a new version.
  const [version, setVersion] = useState(0);
  const changed = () => setVersion((before) => before + 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is open
  const rows = useMemo(() => openRows(root), [root, version]);
  const [chosen, setChosen] = useState<JsonNode>();
  /** What was found and is to be scrolled to. */
  const [goal, setGoal] = useState<{ node: JsonNode }>();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const height = Math.min(rows.length, maxRows) * rowHeight;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    initialRect: { width: 600, height },
    overscan: 10,
  });
  // All rows of a short tree exist, so that it is complete at once.
  const inSight =
    rows.length <= maxRows ? [...rows.keys()] : virtualizer.getVirtualItems().map(({ index }) => index);
  const at = chosen === undefined ? -1 : rows.indexOf(chosen);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each goal is scrolled to once, when it has a row
  useEffect(() => {
    if (goal !== undefined) {
      virtualizer.scrollToIndex(rows.indexOf(goal.node), { align: 'center' });
    }
  }, [goal]);

  function choose(row: number) {
    const node = rows[Math.min(rows.length - 1, Math.max(0, row))];
    if (node !== undefined) {
      setChosen(node);
      virtualizer.scrollToIndex(rows.indexOf(node));
    }
  }

  function fold(node: JsonNode, isOpen: boolean) {
    if (isFoldable(node) && node.isOpen !== isOpen) {
      node.isOpen = isOpen;
      changed();
    }
  }

  function show(node: JsonNode) {
    reveal(node);
    setChosen(node);
    changed();
    setGoal({ node });
  }

  /** What a key does; undefined for a key that the tree does not know. */
  function act(key: string): (() => void) | undefined {
    const node = rows[at];
    switch (key) {
      case 'ArrowDown':
        return () => choose(at + 1);
      case 'ArrowUp':
        return () => choose(at - 1);
      case 'Home':
        return () => choose(0);
      case 'End':
        return () => choose(rows.length - 1);
      case 'PageDown':
        return () => choose(at + maxRows);
      case 'PageUp':
        return () => choose(at - maxRows);
      case 'ArrowRight':
        return node && (() => (node.isOpen ? choose(at + 1) : fold(node, true)));
      case 'ArrowLeft':
        return node && (() => (node.isOpen ? fold(node, false) : choose(rows.indexOf(node.parent ?? node))));
      case 'Enter':
        return node && (() => fold(node, !node.isOpen));
      default:
        return undefined;
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const action = act(event.key);
    if (action !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  }

  return (
    <div className={classes.tree}>
      <JsonToolbar
        root={root}
        chosen={at === -1 ? undefined : chosen}
        name={name}
        onShow={show}
        onFoldAll={(isOpen) => {
          openAll(root, isOpen);
          changed();
        }}
      />
      <div
        ref={scroller}
        className={classes.scroll}
        style={{ height: height + 2 }}
        role="tree"
        aria-label={label}
        aria-activedescendant={at === -1 ? undefined : `${id}-${at}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => chosen === undefined && setChosen(rows[0])}
      >
        <div role="presentation" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {inSight.map((index) => {
            const node = rows[index];
            return (
              node !== undefined && (
                <JsonRow
                  key={index}
                  id={`${id}-${index}`}
                  node={node}
                  top={index * rowHeight}
                  isChosen={node === chosen}
                  onChoose={() => setChosen(node)}
                  onFold={() => fold(node, !node.isOpen)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
