import { ExactNumber } from '@/lib/values/exact-json';
import { childrenOf, isFoldable, type JsonNode } from './json-node';

/** More places than this are not told apart. */
export const maxFound = 1000;

/** The rows whose key or value contains a text, from the top to the bottom; upper and lower case are the same. */
export function foundNodes(root: JsonNode, wanted: string): JsonNode[] {
  const text = wanted.toLowerCase();
  const found: JsonNode[] = [];
  const visit = (node: JsonNode) => {
    for (const child of childrenOf(node)) {
      if (found.length >= maxFound) {
        return;
      }
      visitOne(child);
    }
  };
  const visitOne = (node: JsonNode) => {
    const { key, value } = node;
    const isKey = typeof key === 'string' && key.toLowerCase().includes(text);
    if (typeof value === 'string' && isFoldable(node)) {
      if (isKey) {
        found.push(node);
      }
      found.push(...linesWith(node, value, text).slice(0, maxFound - found.length));
      return;
    }
    if (isKey || scalarText(value).toLowerCase().includes(text)) {
      found.push(node);
    }
    if (value !== null && typeof value === 'object') {
      visit(node);
    }
  };
  if (text !== '') {
    visit(root);
  }
  return found;
}

/** The lines of a long text that a place where the wanted text stands begins in. */
function linesWith(node: JsonNode, value: string, text: string): JsonNode[] {
  const lower = value.toLowerCase();
  let at = lower.indexOf(text);
  if (at === -1) {
    return [];
  }
  const lines: JsonNode[] = [];
  const all = childrenOf(node);
  for (let line = 0; line < all.length && at !== -1; line += 1) {
    const end = all[line + 1]?.offset ?? value.length;
    if (at < end) {
      lines.push(all[line] as JsonNode);
      at = lower.indexOf(text, end);
    }
  }
  return lines;
}

function scalarText(value: JsonNode['value']): string {
  if (value instanceof ExactNumber) {
    return value.text;
  }
  return value === null || typeof value !== 'object' ? String(value) : '';
}
