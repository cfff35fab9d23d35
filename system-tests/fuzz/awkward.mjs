// Values that programs stumble over, and ways to spoil a sound document.
const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  'true',
  'NaN',
  '1e309',
  '9223372036854775808',
  '2147483648',
  '00000000-0000-0000-0000-000000000000',
  '../../etc/passwd',
  '..',
  '.',
  '/',
  '\\',
  '%00',
  '%',
  '%%',
  '\u0000',
  '\n',
  '\r\nX-Injected: 1',
  '\t',
  '\u202e',
  '\ud800',
  'x\udc00',
  '\ud83d\ud83d',
  '\ufeff',
  'é',
  '日本語',
  '😀',
  'a'.repeat(300),
  "'",
  '"',
  "';drop table run;--",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the service must not expand it
  '${jndi:ldap://x}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=1+1',
  '@x',
  '|',
  '*',
  '?',
  '#',
  '&',
  'json',
  'final',
  'SUCCEEDED',
  '10%',
  '-10%',
  '1e3',
  '0x10',
  '１２',
];
const NUMBERS = [
  0,
  -0,
  -1,
  1,
  2,
  1.5,
  1e21,
  -1e21,
  1e308,
  5e-324,
  2147483647,
  2147483648,
  -2147483649,
  2 ** 53,
  1000,
  1001,
  1000000,
  1000001,
];
const OTHERS = [null, true, false, [], {}, [null], [[]], { '': '' }, { a: { a: { a: 1 } } }];
const SPOILED_NUMBERS = [
  '01',
  '+1',
  '1.',
  '.5',
  '1e',
  'NaN',
  'Infinity',
  '-',
  '0x1',
  '1_000',
  '9'.repeat(5000),
  '1e999',
  '-0.0',
];
const DEEP = 2000;

export function awkwardText(random) {
  return random.chance(0.2) ? random.bytes(1 + random.below(12)).toString('latin1') : random.pick(TEXTS);
}

export function awkwardValue(random) {
  return random.pick([
    () => awkwardText(random),
    () => random.pick(NUMBERS),
    () => structuredClone(random.pick(OTHERS)),
  ])();
}

// Changes some places of a document of plain values and returns it.
export function mutate(document, random) {
  const changed = structuredClone(document);
  const places = placesIn(changed);
  for (let left = 1 + random.below(3); left > 0 && places.length > 0; left--) {
    const { parent, key } = random.pick(places);
    random.pick([
      () => {
        parent[key] = awkwardValue(random);
      },
      () => {
        delete parent[key];
      },
      () => {
        add(parent, awkwardText(random), awkwardValue(random));
      },
      () => {
        parent[key] = [parent[key], parent[key]];
      },
    ])();
  }
  return changed;
}

// A list gets one more entry: a number as its key would make it as long as that.
function add(parent, key, value) {
  if (Array.isArray(parent)) {
    parent.push(value);
  } else {
    parent[key] = value;
  }
}

function placesIn(value) {
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.keys(value).flatMap((key) => [{ parent: value, key }, ...placesIn(value[key])]);
}

// Bytes that may not be JSON any more.
export function spoil(text, random) {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  return random.pick([
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(4)), bytes.subarray(at)]),
    () =>
      Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + 1 + random.below(20))),
      ]),
    () => Buffer.from(text.replace(/\d+/, random.pick(SPOILED_NUMBERS))),
    () => Buffer.concat([Buffer.from('\ufeff'), bytes]),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.from('['.repeat(DEEP) + ']'.repeat(DEEP)),
    () => Buffer.from(`${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.alloc(0),
    () => random.bytes(random.below(400)),
  ])();
}
