import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf, pythonResultsOf, pythonRunOf, shellQuoted } from './program-text';

const difficult = `it's "$HOME" \`id\` \\ ${'\n'} ü 😀 </script>`;

test('a shell takes a quoted text as it is', () => {
  const said = execFileSync('sh', ['-c', `printf %s ${shellQuoted(difficult)}`]).toString();

  expect(said).toBe(difficult);
});

test('curl sends the body as it is', () => {
  const command = curlOf('POST', 'http://localhost:8080/api/v1/runs', JSON.stringify({ name: difficult }));
  const said = execFileSync('sh', [
    '-c',
    `curl() { for a; do last=$a; done; printf %s "$last"; }\n${command}`,
  ]);

  expect(JSON.parse(said.toString())).toEqual({ name: difficult });
  expect(curlOf('GET', 'http://localhost:8080/a?b=c&d=e')).toBe(
    "curl -fsS 'http://localhost:8080/a?b=c&d=e'",
  );
});

test('the programs are Python, and send the body as it is', () => {
  const source = pythonRunOf('http://localhost:8080', JSON.stringify({ name: difficult }));
  const compile = 'import ast, sys; ast.parse(sys.stdin.read())';
  execFileSync('python3', ['-c', compile], { input: source });
  execFileSync('python3', ['-c', compile], { input: pythonResultsOf('http://localhost:8080/x') });
  const find = [
    'import ast, json, sys',
    'tree = ast.parse(sys.stdin.read())',
    'calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "loads"]',
    'print(json.dumps(json.loads(calls[0].args[0].value)))',
  ].join('\n');
  const said = execFileSync('python3', ['-c', find], { input: source }).toString();

  expect(JSON.parse(said)).toEqual({ name: difficult });
});
