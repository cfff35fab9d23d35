import { beginningOfJson, ExactNumber, isJsonObject, type JsonValue } from '@/lib/values/exact-json';
import { textLines } from './text-lines';

/** A value in a tree. Its children are made when it is opened, so that megabytes cost only what is looked at. */
export type JsonNode = {
  /** The name or the position in its parent; undefined for the root and for a line of a text. */
  key: string | number | undefined;
  value: JsonValue;
  depth: number;
  parent: JsonNode | undefined;
  /** For a line of a long text: where it begins. */
  offset?: number;
  children: JsonNode[] | undefined;
  isOpen: boolean;
};

/** Longer texts are opened line by line. */
const longText = 160;
const previewLength = 120;
/** So many rows are open at first. */
const openAtFirst = 200;

export function rootOf(value: JsonValue): JsonNode {
  const root: JsonNode = {
    key: undefined,
    value,
    depth: -1,
    parent: undefined,
    children: undefined,
    isOpen: false,
  };
  openFirst(root);
  return root;
}

/** Opens the root and what is in it, level by level, while it is short. */
function openFirst(root: JsonNode) {
  let level = [root];
  let rows = 0;
  root.isOpen = true;
  while (level.length > 0) {
    const opened = level.filter((node) => node.isOpen).flatMap(childrenOf);
    rows += opened.length;
    for (const node of opened) {
      const size = sizeOf(node.value);
      node.isOpen = size > 0 && rows + size <= openAtFirst && typeof node.value !== 'string';
      rows += node.isOpen ? size : 0;
    }
    level = opened.filter((node) => node.isOpen);
  }
}

function sizeOf(value: JsonValue): number {
  if (Array.isArray(value)) {
    return value.length;
  }
  return isJsonObject(value) ? Object.keys(value).length : 0;
}

export function isFoldable({ value, offset }: JsonNode): boolean {
  return offset === undefined && (isLongText(value) || sizeOf(value) > 0);
}

function isLongText(value: JsonValue): value is string {
  return typeof value === 'string' && (value.length > longText || value.includes('\n'));
}

export function childrenOf(node: JsonNode): JsonNode[] {
  node.children ??= madeChildren(node);
  return node.children;
}

function madeChildren(node: JsonNode): JsonNode[] {
  const { value } = node;
  const child = (key: JsonNode['key'], content: JsonValue, offset?: number): JsonNode => ({
    key,
    value: content,
    depth: node.depth + 1,
    parent: node,
    children: undefined,
    isOpen: false,
    ...(offset === undefined ? {} : { offset }),
  });
  if (Array.isArray(value)) {
    return value.map((item, at) => child(at, item));
  }
  if (isJsonObject(value)) {
    return Object.entries(value).map(([key, item]) => child(key, item));
  }
  if (isLongText(value)) {
    return textLines(value).map(({ text, offset }) => child(undefined, text, offset));
  }
  // A tree of a single value is that value.
  return node.parent === undefined ? [child(undefined, value)] : [];
}

/** The rows that are to be seen, from the top to the bottom. */
export function openRows(root: JsonNode): JsonNode[] {
  const rows: JsonNode[] = [];
  const add = (node: JsonNode) => {
    for (const child of childrenOf(node)) {
      rows.push(child);
      if (child.isOpen) {
        add(child);
      }
    }
  };
  add(root);
  return rows;
}

/** Opens everything above a node, so that it has a row. */
export function reveal(node: JsonNode) {
  for (let above = node.parent; above !== undefined; above = above.parent) {
    above.isOpen = true;
  }
}

/** Folds everything, or opens all but long texts, and at most so much that the list of rows stays quick. */
export function openAll(root: JsonNode, isOpen: boolean, most = 100_000) {
  const waiting = [...childrenOf(root)];
  let rows = waiting.length;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const size = sizeOf(node.value);
    if (!isOpen) {
      node.isOpen = false;
      waiting.push(...(node.children ?? []));
    } else if (size > 0 && rows + size <= most) {
      node.isOpen = true;
      rows += size;
      waiting.push(...childrenOf(node));
    }
  }
}

export type ValueKind = 'text' | 'number' | 'word' | 'object' | 'list';

export function kindOf({ value }: JsonNode): ValueKind {
  if (typeof value === 'string') {
    return 'text';
  }
  if (typeof value === 'number' || value instanceof ExactNumber) {
    return 'number';
  }
  if (Array.isArray(value)) {
    return 'list';
  }
  return isJsonObject(value) ? 'object' : 'word';
}

/** The value in one row. */
export function previewOf({ value, offset }: JsonNode): string {
  if (typeof value === 'string' && offset !== undefined) {
    return value;
  }
  const { text, whole } = beginningOfJson(value, typeof value === 'string' ? longText : previewLength);
  return whole ? text : `${text}…`;
}

/** How a script gets at the value: `record["address"]["lines"][0]`. */
export function pathOf(node: JsonNode, name: string): string {
  const keys: string[] = [];
  for (let one: JsonNode | undefined = node; one !== undefined; one = one.parent) {
    if (one.key !== undefined) {
      keys.unshift(`[${typeof one.key === 'number' ? one.key : JSON.stringify(one.key)}]`);
    }
  }
  return name + keys.join('');
}

/** What is copied: a text as it is, everything else as JSON. */
export function valueNode(node: JsonNode): JsonNode {
  return node.offset === undefined ? node : (node.parent ?? node);
}
