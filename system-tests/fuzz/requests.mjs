// Requests as the API document allows them, and as nobody should send them.
import { gzipSync } from 'node:zlib';
import { awkwardText, mutate, spoil } from './awkward.mjs';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const TYPES = [
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'text/tab-separated-values',
  'application/json-seq',
  'application/geo+json',
  'application/octet-stream',
  'application/gzip',
  'application/vnd.ms-excel',
  'image/png',
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=b',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
  'application/json; charset',
  'application/json;;',
  'application/json; =',
  'application/json; a="b',
  'x',
  '/',
  'a/',
  'a/b/c',
  '*/*',
];
const ACCEPTS = [
  '*/*',
  'application/json',
  'text/csv',
  'text/html',
  'application/xml',
  'x/y;q=2',
  'application/problem+json',
];
// How a body is sent where it does not come at once.
const WAYS = ['chunks', 'trailers', 'slowly', 'never whole'];
// Datasets as they come: tables, lines, documents around a list, sequences, files put together.
const DATASETS = [
  'a,b\n1,x\n2,"y""z"\n',
  'a;b\r\n1,5;x\r\n',
  'a\tb\n1\t\n',
  'sep=|\na|b\n1|2\n',
  'a,b,,\n1,2,,\n,\n',
  'a,b\r1,2\r',
  '\ufeffa,b\n1,2\n\ufeffa,b\n3,4\n',
  '{"a":1}\n{"a":2}\n',
  '{"a":1}{"a":2}',
  '\u001e{"a":1}\n\u001e{"a":2}\n',
  '[{"a":1}]\n\ufeff[{"a":2}]',
  '{"x":{"y":[{"a":1}]},"z":[[{}]]}',
  '{"a":[1,2],"b":[3,4]}',
];
const OPTIONS = {
  separator: [',', ';', 'tab', '|', '\t', 'x', '', '"'],
  records: ['', '/x/y', '/z/0', '/a', '/', '/~', 'x', '/a/-'],
};
const BOUNDARY = 'b';
const LONGEST_TARGET = 3_000;
const SCRIPT = 'def transform(record):\n    return record\n';
const MODELS = { upstream: 'main', models: ['m', 'n'], budget: '5.00', maxOutputTokens: 100, cache: 'exact' };
const PIPELINE = {
  name: 'fuzz',
  description: 'd',
  steps: [
    { name: 'one', pre: { name: 'pre.py', source: SCRIPT }, main: { name: 'main.py', source: SCRIPT } },
  ],
};

// Makes random requests from the API document; `ids` are lists of ids that exist, by the part of the path before them.
export class Requests {
  #operations;
  #ids;
  #random;

  constructor(document, ids, random) {
    this.#operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        path,
        method: method.toUpperCase(),
        operation,
      })),
    );
    this.#ids = ids;
    this.#random = random;
  }

  next() {
    const random = this.#random;
    const { path, method, operation } = this.#operation();
    const parameters = operation.parameters ?? [];
    const target = (this.#path(path) + this.#query(parameters)).slice(0, LONGEST_TARGET);
    const headers = this.#headers(parameters);
    const chosen = random.chance(0.03) ? random.pick(METHODS) : method;
    const types = Object.keys(operation.requestBody?.content ?? {});
    if (types.length === 0 && !random.chance(0.05)) {
      return { method: chosen, target, headers };
    }
    const type = random.chance(0.9) && types.length > 0 ? random.pick(types) : random.pick(TYPES);
    headers['Content-Type'] =
      type.startsWith('multipart/form-data') && random.chance(0.9)
        ? `multipart/form-data; boundary=${BOUNDARY}`
        : type;
    return {
      method: chosen,
      target,
      headers,
      body: this.#body(path, type),
      way: random.chance(0.2) ? random.pick(WAYS) : 'at once',
    };
  }

  // Seldom one that deletes: what is gone teaches nothing any more.
  #operation() {
    const picked = this.#random.pick(this.#operations);
    return picked.method === 'DELETE' && this.#random.chance(0.95) ? this.#operation() : picked;
  }

  #path(template) {
    return template.replace(/\{(\w+)\}/g, (_, name, at) => {
      const random = this.#random;
      const text = awkwardText(random).toWellFormed();
      // Dots alone lead to another address, mostly that of the page.
      if (random.chance(0.25) && !/^\.+$/.test(text)) {
        return encodeURIComponent(text);
      }
      return name === 'number'
        ? String(random.below(4))
        : (random.pick(this.#ids[template.slice(0, at)] ?? []) ?? 'x');
    });
  }

  #query(parameters) {
    const random = this.#random;
    const parts = [];
    for (const { name, in: place, schema } of parameters) {
      if (place === 'query' && random.chance(0.6)) {
        parts.push(`${name}=${this.#queryValue(name, schema)}`);
      }
    }
    if (random.chance(0.05)) {
      parts.push(`${encodeURIComponent(awkwardText(random).toWellFormed())}=1`);
    }
    if (random.chance(0.05) && parts.length > 0) {
      parts.push(parts[0]);
    }
    return parts.length > 0 ? `?${parts.join('&')}` : '';
  }

  #queryValue(name, schema) {
    const random = this.#random;
    if (Object.hasOwn(OPTIONS, name) && random.chance(0.8)) {
      return encodeURIComponent(random.pick(OPTIONS[name]));
    }
    if (random.chance(0.5)) {
      return encodeURIComponent(awkwardText(random).toWellFormed());
    }
    return schema?.enum ? random.pick(schema.enum) : String(random.below(20));
  }

  #headers(parameters) {
    const random = this.#random;
    const headers = {};
    if (random.chance(0.2)) {
      headers.Accept = random.pick(ACCEPTS);
    }
    if (random.chance(0.1)) {
      headers['If-None-Match'] = random.pick(['*', '"1"', 'W/"x"', 'garbage', '"', '']);
    }
    if (random.chance(0.1)) {
      headers.Range = random.pick(['bytes=0-', 'bytes=5-1', 'bytes=-0', 'x', 'bytes=99999999999999999999-']);
    }
    for (const { name, in: place } of parameters) {
      if (place === 'header' && random.chance(0.3)) {
        headers[name] = random.pick(['gzip', 'identity', 'br', 'k', 'k2', '', ' ', 'x'.repeat(300)]);
      }
    }
    return headers;
  }

  #body(path, type) {
    const random = this.#random;
    if (type.startsWith('multipart/form-data')) {
      return this.#form();
    }
    const sound = this.#document(path);
    if (path.endsWith('/datasets') && (type !== 'application/json' || random.chance(0.5))) {
      const content = spoilSometimes(random.pick(DATASETS), random);
      return random.chance(0.1) ? gzipSync(content) : content;
    }
    const text = JSON.stringify(random.chance(0.7) ? mutate(sound, random) : sound);
    return spoilSometimes(text, random);
  }

  #document(path) {
    const random = this.#random;
    const datasetId = random.pick(this.#ids['/api/v1/datasets/']);
    const documents = {
      '/api/v1/datasets': [{ a: 1, b: 'x', c: [1, { d: null }] }, { a: 2 }],
      '/api/v1/runs': {
        name: 'fuzz',
        datasetId,
        pipeline: PIPELINE,
        batchSize: 2,
        maxParallelBatches: 1,
        recordConcurrency: 1,
        recordTimeoutSeconds: 5,
        toleratedFailures: '10%',
        trace: 'all',
        isolation: 'run',
        ...(random.chance(0.2) ? { llm: MODELS } : {}),
      },
      '/api/v1/runs/{id}/retry': random.chance(0.5) ? { pipeline: PIPELINE } : { llm: MODELS },
      '/api/v1/runs/{id}/resume': { budget: '5.00' },
      '/api/v1/pipelines': random.chance(0.8) ? PIPELINE : { ...PIPELINE, llm: MODELS },
      '/api/v1/scripts/check': { source: SCRIPT },
      '/api/v1/try': { pipeline: PIPELINE, records: [{ a: 1 }, { a: 2 }] },
    };
    return documents[path] ?? PIPELINE;
  }

  #form() {
    const random = this.#random;
    const definition = JSON.stringify({ name: 'fuzz', steps: [{ name: 'one', main_script: 'main.py' }] });
    const parts = [
      ['pipeline', 'pipeline.json', spoilSometimes(definition, random)],
      [
        'dataset',
        random.pick(['dataset.json', 'a.csv', 'b.tsv.gz', 'c']),
        spoilSometimes(random.chance(0.5) ? '[{"a":1}]' : random.pick(DATASETS), random),
        random.pick([undefined, ...TYPES]),
      ],
      ['batch_size', undefined, Buffer.from(random.chance(0.6) ? '2' : awkwardText(random))],
      ['main_0', 'main.py', Buffer.from(random.chance(0.8) ? SCRIPT : awkwardText(random))],
    ].filter(() => random.chance(0.93));
    for (const [name, values] of Object.entries(OPTIONS)) {
      if (random.chance(0.1)) {
        parts.push([name, undefined, Buffer.from(random.pick(values))]);
      }
    }
    if (random.chance(0.1)) {
      parts.push([awkwardText(random).replace(/[\r\n"]/g, ''), 'x', Buffer.from('x')]);
    }
    const chunks = parts.flatMap(([name, file, content, type]) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}${type ? `\r\nContent-Type: ${type}` : ''}\r\n\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    ]);
    return Buffer.concat([...chunks, Buffer.from(random.chance(0.95) ? `--${BOUNDARY}--\r\n` : '')]);
  }
}

function spoilSometimes(text, random) {
  return random.chance(0.3) ? spoil(text, random) : Buffer.from(text);
}
