import { formatCount, formatNumber } from '@/lib/format';
import { Icon } from '../icon';
import { isFoldable, type JsonNode, kindOf, previewOf } from './json-node';
import classes from './json-tree.module.css';

type JsonRowProps = {
  id: string;
  node: JsonNode;
  top: number;
  isChosen: boolean;
  onChoose: () => void;
  onFold: () => void;
};

/** A row of a tree: a field, an item, or a line of a long text. */
export function JsonRow({ id, node, top, isChosen, onChoose, onFold }: JsonRowProps) {
  const isFolder = isFoldable(node);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and the keys
    <div
      id={id}
      role="treeitem"
      aria-level={node.depth + 1}
      aria-selected={isChosen}
      aria-expanded={isFolder ? node.isOpen : undefined}
      className={classes.row}
      style={{ top, paddingLeft: 4 + node.depth * 16 }}
      onClick={onChoose}
      onDoubleClick={isFolder ? onFold : undefined}
    >
      {isFolder ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the tree fold, too
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the tree fold, too
        <span className={classes.fold} onClick={onFold}>
          <Icon name={node.isOpen ? 'chevron' : 'right'} size={12} />
        </span>
      ) : (
        <span className={classes.noFold} />
      )}
      {node.key !== undefined && (
        <>
          <span className={classes.key} data-position={typeof node.key === 'number' || undefined} dir="auto">
            {typeof node.key === 'number' ? formatNumber(node.key) : node.key}
          </span>
          <span className="quiet">: </span>
        </>
      )}
      {isFolder && node.isOpen ? (
        <span className="quiet">{sizeText(node)}</span>
      ) : (
        <span data-kind={kindOf(node)} dir="auto">
          {previewOf(node)}
        </span>
      )}
      {isFolder && !node.isOpen && <span className={`quiet ${classes.size}`}>{sizeText(node)}</span>}
    </div>
  );
}

/** `3 fields`, `1,200 items`, `1,048,576 characters`. */
function sizeText({ value }: JsonNode): string {
  if (typeof value === 'string') {
    return formatCount(value.length, 'character');
  }
  return Array.isArray(value)
    ? formatCount(value.length, 'item')
    : formatCount(Object.keys(value as object).length, 'field');
}
