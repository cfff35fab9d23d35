// Makes wheels of pandas and what it needs out of Debian's packages, where no index has them: node debian-wheels.mjs FOLDER
// They fit the Python of the Debian whose packages apt-get finds. pandas' tests are in them, as in those of an index.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Wheel } from './wheel.mjs';

const MODULES = 'usr/lib/python3/dist-packages';
const IS_INTEL = process.arch === 'x64';
const PLATFORM = IS_INTEL ? 'linux_x86_64' : 'linux_aarch64';

// numpy loads them before its own modules that need them: Debian has them elsewhere, and in packages of their own.
const LIBRARIES = [
  ...(IS_INTEL ? [{ file: 'libquadmath.so.0', debian: 'libquadmath0' }] : []),
  { file: 'libgfortran.so.5', debian: 'libgfortran5' },
  { file: 'libblas.so.3', debian: 'libblas3' },
  { file: 'liblapack.so.3', debian: 'liblapack3' },
];
const LOADS_LIBRARIES = `import ctypes
import pathlib

for _library in ${JSON.stringify(LIBRARIES.map(({ file }) => file))}:
    ctypes.CDLL(str(pathlib.Path(__file__).parent.with_name("numpy.libs") / _library))
`;

// name is that of the folder or file with the metadata of the package.
const WHEELS = [
  {
    name: 'pandas',
    debian: ['python3-pandas', 'python3-pandas-lib'],
    contents: 'pandas',
    requires: ['numpy', 'python-dateutil>=2.8.1', 'pytz>=2020.1'],
  },
  {
    name: 'numpy',
    debian: ['python3-numpy', ...LIBRARIES.map(({ debian }) => debian)],
    contents: 'numpy',
    requires: [],
    libraries: LIBRARIES,
    replaced: new Map([['numpy/_distributor_init.py', LOADS_LIBRARIES]]),
  },
  { name: 'python_dateutil', debian: ['python3-dateutil'], contents: 'dateutil', requires: ['six>=1.5'] },
  { name: 'pytz', debian: ['python3-tz'], contents: 'pytz', requires: [] },
  { name: 'six', debian: ['python3-six'], contents: 'six.py', requires: [] },
];

function makeWheels(folder) {
  const work = mkdtempSync(join(tmpdir(), 'debian-wheels-'));
  try {
    const unpacked = unpack(work);
    const files = filesBelow(unpacked);
    const draft = `${folder}.draft`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    for (const description of WHEELS) {
      const wheel = wheelOf(description, unpacked, files);
      writeFileSync(join(draft, wheel.filename), wheel.bytes);
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function unpack(work) {
  const unpacked = join(work, 'unpacked');
  execFileSync(
    'apt-get',
    ['--option', 'APT::Sandbox::User=root', 'download', ...WHEELS.flatMap(({ debian }) => debian)],
    { cwd: work, stdio: 'inherit' },
  );
  for (const archive of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
    execFileSync('dpkg-deb', ['--extract', join(work, archive), unpacked]);
  }
  return unpacked;
}

// Paths of all files, those that links lead to as well, relative to the folder.
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) =>
    statSync(join(folder, path), { throwIfNoEntry: false })?.isFile(),
  );
}

function wheelOf({ name, contents, requires, libraries = [], replaced = new Map() }, unpacked, files) {
  const own = files
    .filter((path) => path === join(MODULES, contents) || path.startsWith(join(MODULES, contents, '/')))
    .map((path) => path.slice(MODULES.length + 1));
  const wheel = new Wheel(name, versionOf(name, join(unpacked, MODULES)), { requires, tag: tagOf(own) });
  for (const path of own) {
    wheel.with(path, replaced.get(path) ?? readFileSync(join(unpacked, MODULES, path)));
  }
  for (const { file } of libraries) {
    const found = files.find((path) => basename(path) === file);
    wheel.with(`numpy.libs/${file}`, readFileSync(join(unpacked, found)));
  }
  return wheel;
}

function versionOf(name, modules) {
  const metadata = new RegExp(`^${name}-(.+)\\.egg-info$`);
  return readdirSync(modules)
    .map((entry) => metadata.exec(entry)?.[1])
    .find(Boolean);
}

// Names of modules in machine code say for which Python they are.
function tagOf(paths) {
  const versions = paths.map((path) => /\.cpython-(\d+)-.*\.so$/.exec(path)?.[1]).filter(Boolean);
  return versions.length === 0 ? 'py3-none-any' : `cp${versions[0]}-cp${versions[0]}-${PLATFORM}`;
}

makeWheels(process.argv[2]);
