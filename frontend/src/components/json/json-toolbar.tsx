import { ActionIcon, Button, Text, TextInput } from '@mantine/core';
import { useClipboard, useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { formatNumber } from '@/lib/format';
import { stringifyExact } from '@/lib/values/exact-json';
import { Icon } from '../icon';
import { type JsonNode, pathOf, valueNode } from './json-node';
import { foundNodes, maxFound } from './json-search';
import classes from './json-tree.module.css';

const pauseInTyping = 200;

type JsonToolbarProps = {
  root: JsonNode;
  chosen: JsonNode | undefined;
  name: string;
  onShow: (node: JsonNode) => void;
  onFoldAll: (isOpen: boolean) => void;
};

/** Searches a tree, folds all of it, and copies what is chosen in it. */
export function JsonToolbar({ root, chosen, name, onShow, onFoldAll }: JsonToolbarProps) {
  return (
    <div className={classes.toolbar}>
      <JsonSearch root={root} onShow={onShow} />
      <Button size="compact-sm" variant="subtle" onClick={() => onFoldAll(true)}>
        Open all
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => onFoldAll(false)}>
        Fold all
      </Button>
      {chosen !== undefined && <Copies node={chosen} name={name} />}
    </div>
  );
}

function JsonSearch({ root, onShow }: Pick<JsonToolbarProps, 'root' | 'onShow'>) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), pauseInTyping);
  const found = useMemo(() => foundNodes(root, wanted), [root, wanted]);
  const [at, setAt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first place is shown once for each text
  useEffect(() => {
    setAt(0);
    if (found[0] !== undefined) {
      onShow(found[0]);
    }
  }, [found]);

  function step(by: 1 | -1) {
    const next = (at + by + found.length) % found.length;
    const node = found[next];
    if (node !== undefined) {
      setAt(next);
      onShow(node);
    }
  }

  return (
    <>
      <TextInput
        className={classes.search}
        aria-label="Search in the value"
        placeholder="Search in the value"
        leftSection={<Icon name="search" size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found.length > 0) {
            step(event.shiftKey ? -1 : 1);
          }
        }}
      />
      {wanted !== '' && (
        <>
          <Text size="sm" className="quiet figures" role="status">
            {found.length === 0 ? 'Nothing found' : placeText(at, found.length)}
          </Text>
          <ActionIcon
            aria-label="Previous place"
            size={26}
            disabled={found.length < 2}
            onClick={() => step(-1)}
          >
            <Icon name="up" size={14} />
          </ActionIcon>
          <ActionIcon aria-label="Next place" size={26} disabled={found.length < 2} onClick={() => step(1)}>
            <Icon name="down" size={14} />
          </ActionIcon>
        </>
      )}
    </>
  );
}

function placeText(at: number, count: number): string {
  return `${formatNumber(at + 1)} of ${formatNumber(count)}${count === maxFound ? ' or more' : ''}`;
}

function Copies({ node, name }: { node: JsonNode; name: string }) {
  const path = useClipboard();
  const value = useClipboard();
  const copied = valueNode(node);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        title={pathOf(node, name)}
        onClick={() => path.copy(pathOf(node, name))}
      >
        {path.copied ? 'Path copied' : 'Copy path'}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() =>
          value.copy(typeof copied.value === 'string' ? copied.value : stringifyExact(copied.value, 2))
        }
      >
        {value.copied ? 'Value copied' : 'Copy value'}
      </Button>
    </>
  );
}
