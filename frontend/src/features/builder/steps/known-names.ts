import type { KnownNames } from '@/components/code/python-completion';
import { importNames } from '@/lib/import-names';
import { isJsonObject, type JsonValue } from '@/lib/values/exact-json';

/** Modules of the standard library that scripts use most, and that of the engine. */
const standardModules = [
  'base64 bisect collections copy csv dataclasses datapipeline datetime decimal difflib enum fractions functools',
  'hashlib heapq html io itertools json math operator random re statistics string struct textwrap time typing',
  'unicodedata urllib.parse uuid xml.etree.ElementTree zoneinfo',
]
  .join(' ')
  .split(' ');

const modules = [...new Set([...standardModules, ...Object.keys(importNames)])];

type Context = { fields: string[]; inputs: { value: JsonValue }[] };

/** What a script can name: the fields of the records that it gets, nested ones too, and modules. */
export function knownNames({ fields, inputs }: Context): KnownNames {
  return {
    keysAt: (path) =>
      path.length === 0 ? fields : [...new Set(inputs.flatMap(({ value }) => keysIn(value, path)))],
    modules,
  };
}

/** The keys of an object at a path, also where it stands in a list. */
function keysIn(value: JsonValue | undefined, path: string[]): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => keysIn(item, path));
  }
  if (!isJsonObject(value)) {
    return [];
  }
  const [key, ...rest] = path;
  if (key === undefined) {
    return Object.keys(value);
  }
  return Object.hasOwn(value, key) ? keysIn(value[key], rest) : [];
}
