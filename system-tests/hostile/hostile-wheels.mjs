// What a wheel can try before a line of it runs: H111 to H124 of docs/security.md.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { Wheel } from '../harness/wheel.mjs';

const MEBIBYTE = 1 << 20;
const LINK = 0o120777;
const SET_USER_ID = 0o104755;
const ESCAPED = 'datapipeline-escaped.py';

// Made before anything is measured, as that takes its time.
const ZEROS = Buffer.alloc(80 * MEBIBYTE);
const BOMB = prepared(wheel('bomb').with('bomb/zeros', ZEROS));
const LYING_BOMB = prepared(wheel('lying_bomb').with('lying_bomb/zeros', ZEROS, { size: 10 }));
const SIXTY_THOUSAND_FILES = prepared(withFiles('sixty_thousand', 60_000));
const HUGE_METADATA = prepared(wheel('huge_metadata', '', { metadata: ['', 'x'.repeat(5 * MEBIBYTE)] }));

export const HOSTILE_WHEELS = [
  {
    name: 'H111: names that lead out of the folder',
    attempt: async (attacked) => {
      const names = [`a/../../${ESCAPED}`, `/tmp/${ESCAPED}`];
      await each(names, (path, number) =>
        attacked.refuses(
          'WHEEL_REFUSED',
          /^\S+: escape_\d\S+ has a member (that leads elsewhere|with an absolute name)/,
          wheel(`escape_${number}`).with(path, 'x = 1'),
        ),
      );
      for (const folder of [attacked.folder, attacked.environmentFolder, '/tmp', '/']) {
        assert.ok(!readdirSync(folder).includes(ESCAPED), folder);
      }
    },
  },
  {
    name: 'H112: links, and programs that change their user',
    attempt: async (attacked) => {
      const link = wheel('link').with('link/secrets', '/etc/passwd', { mode: LINK });
      await attacked.refuses('WHEEL_REFUSED', /has a link or a device, link\/secrets/, link);
      const program = wheel('setuid_program', READ_MODE).with('setuid_program/program', '', {
        mode: SET_USER_ID,
      });
      // The sticky bit keeps the files from programs that clean up; nobody gets another user by it.
      assert.equal(await attacked.findings('setuid_program', [program]), '0o101555');
    },
  },
  {
    name: 'H113: zeros without end in a small file',
    attempt: async (attacked) => {
      await attacked.refuses('ENVIRONMENT_TOO_LARGE', /more than 67108864 bytes/, BOMB);
      await attacked.refuses('WHEEL_REFUSED', /another size than it says/, LYING_BOMB);
    },
  },
  {
    name: 'H114: `.pth` files, which Python runs at every start',
    attempt: (attacked) => runsNothingAtStart(attacked, 'path_file', 'path_file.pth'),
  },
  {
    name: 'H115: `sitecustomize.py` and `usercustomize.py`',
    attempt: (attacked) =>
      runsNothingAtStart(attacked, 'site_file', 'sitecustomize.py', 'usercustomize/__init__.py'),
  },
  {
    name: 'H116: modules that take the names of those of Python',
    attempt: async (attacked) => {
      const shadows = wheel(
        'shadows',
        'import json\nimport socket\nFOUND = [json.__file__, socket.__file__]\n',
      );
      for (const module of ['json', 'socket', 'builtins', 'encodings']) {
        shadows.with(`${module}.py`, 'raise SystemExit("shadowed")\n');
      }
      const files = await attacked.findings('shadows', [shadows]);
      assert.match(files.join(' '), /^\/usr\S*\/json\/__init__\.py \/usr\S*\/socket\.py$/);
    },
  },
  {
    name: 'H117: a module that takes the name of the encoder of results',
    attempt: async (attacked) => {
      const encoder = wheel('encoder').with(
        'rapidjson.py',
        'FOUND = "own"\ndumps = lambda *_, **__: "forged"\n',
      );
      encoder.with('_rapidjson.py', 'raise SystemExit\n');
      const run = await attacked.succeeding('rapidjson', [encoder], 'FOUND = rapidjson.FOUND');
      assert.deepEqual(await attacked.client.values(run.id), [
        { n: 0, found: 'own' },
        { n: 1, found: 'own' },
      ]);
    },
  },
  {
    name: 'H118: names of the modules of the engine',
    attempt: (attacked) =>
      attacked.refuses(
        'WHEEL_REFUSED',
        /takes the name of a module of the engine, pipeline_engine\/__init__\.py/,
        wheel('engine_name').with('pipeline_engine/__init__.py', ''),
      ),
  },
  {
    name: 'H119: files of another package',
    attempt: (attacked) =>
      attacked.refuses(
        'WHEEL_REFUSED',
        /has a file that \S+ has as well, with other contents: victim\/__init__\.py/,
        wheel('replacement', '', { requires: ['victim'] }).with('victim/__init__.py', 'FOUND = "replaced"\n'),
        wheel('victim'),
      ),
  },
  {
    name: 'H120: a RECORD with other digests than those of the files',
    attempt: (attacked) =>
      attacked.refuses(
        'HASH_MISMATCH',
        /other_digest\/part\.py/,
        wheel('other_digest').with('other_digest/part.py', 'x = 1', { digest: 'A'.repeat(43) }),
      ),
  },
  {
    name: 'H121: sixty thousand files',
    attempt: (attacked) =>
      attacked.refuses('WHEEL_REFUSED', /has more than 50000 files/, SIXTY_THOUSAND_FILES),
  },
  {
    name: 'H122: metadata of five megabytes',
    attempt: (attacked) => attacked.refuses('WHEEL_REFUSED', /more than 4 MB of metadata/, HUGE_METADATA),
  },
  {
    name: 'H123: a module that Python cannot compile in the memory or the time it has',
    attempt: async (attacked) => {
      const slow = wheel('slow_to_compile', 'FOUND = "the rest works"\n')
        .with('slow_to_compile/deep.py', `x = ${'('.repeat(100_000)}`)
        .with('slow_to_compile/long.py', `x = [${'[],'.repeat(3 * MEBIBYTE)}]\n`)
        .with('slow_to_compile/binary.py', Buffer.from([0, 1, 2, 0xff]));
      assert.equal(await attacked.findings('slow_to_compile', [slow]), 'the rest works');
    },
  },
  {
    name: 'H124: control characters and markup for whoever reads the log',
    attempt: async (attacked) => {
      const loud = wheel('loud', `print(${JSON.stringify(POISON)})\nFOUND = None\n`);
      attacked.index.project('loud', { wheel: loud, entry: { yanked: POISON } });
      const run = await attacked.run(
        ['loud==1.0'],
        'import loud\ndef transform(record):\n    return record\n',
      );
      assert.equal(run.status, 'SUCCEEDED', run.statusReason);

      const { warnings } = await attacked.environment(run);
      assert.ok(warnings.some((warning) => warning.includes('was withdrawn by its authors')));
      assertPrintable(warnings.join(''));
      assertPrintable(await attacked.buildLog(run));
    },
  },
];

// Erases a terminal, changes the title of its window, and turns the direction of the text.
const POISON = '\u001b[2J\u001b]0;title\u0007<script>alert(1)</script>\u202e\r\u0000';

const READ_MODE =
  'import os\nfrom pathlib import Path\nFOUND = oct(os.stat(Path(__file__).with_name("program")).st_mode)\n';

function wheel(name, source = '', options = {}) {
  return new Wheel(name, '1.0', options).with(`${name}/__init__.py`, source);
}

function withFiles(name, count) {
  const many = wheel(name);
  for (let file = 0; file < count; file++) {
    many.with(`${name}/${file}`, '');
  }
  return many;
}

function prepared(made) {
  assert.ok(made.bytes);
  return made;
}

function each(cases, attempt) {
  return Promise.all(cases.map(attempt));
}

// Files of a wheel that would tell whether they were run are left out, with warnings.
async function runsNothingAtStart(attacked, name, ...paths) {
  const starter = wheel(name, 'import sys\nFOUND = getattr(sys, "hostile_start", "nothing was run")\n');
  for (const path of paths) {
    starter.with(path, 'import sys; sys.hostile_start = "run"\n');
  }
  const run = await attacked.succeeding(name, [starter], `FOUND = ${name}.FOUND`);

  assert.equal((await attacked.client.values(run.id))[0].found, 'nothing was run');
  const { warnings } = await attacked.environment(run);
  for (const path of paths) {
    assert.ok(
      warnings.some((warning) =>
        warning.includes(`Python would run at every start, ${path}: it is left out`),
      ),
      warnings.join('\n'),
    );
  }
}

function assertPrintable(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
}
