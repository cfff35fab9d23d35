// The content of datasets: what is no list of records in UTF-8 and JSON, and what is at its limits.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { section, withDataset } from "./documented.mjs";
import { ask } from "./exchange.mjs";

const MEBIBYTE = 2 ** 20;

function send(body, type = "application/json", headers = {}) {
  return ask("POST", "/api/v1/datasets?name=bad", { headers: { "Content-Type": type, ...headers }, body });
}

const lines = (body) => send(body, "application/x-ndjson");
const table = (body) => send(body, "text/csv");

function valueOf(text) {
  return `[{"a": ${text}}]`;
}

function named(values) {
  return Object.fromEntries(values.map((value) => [value, valueOf(value)]));
}

function hasPosition({ position }) {
  assert.deepEqual(Object.keys(position), ["record", "line", "column", "byte"]);
}

section("Datasets", (datasets) => {
  datasets.refuses("nothing, only blanks, only a byte order mark", "400 EMPTY_BODY", send, {
    nothing: "", blanks: " \r\n\t ", "byte order mark": "\ufeff",
  });
  datasets.refuses("nothing, as lines or a table", "400 EMPTY_BODY", ([type, body]) => send(body, type), {
    lines: ["application/x-ndjson", ""], "blank lines": ["application/x-ndjson", "\n\n"], table: ["text/csv", ""],
  });
  datasets.refuses("[], or a table with its header only", "422 EMPTY_DATASET", ([type, body]) => send(body, type), {
    list: ["application/json", "[]"], "list of blanks": ["application/json", " [ \n ] "], header: ["text/csv", "a,b\n"],
  });
  datasets.refuses("JSON that is broken: cut off, comma too many, more after the end, comments, single quotes …", "400 INVALID_JSON", send, {
    "cut in a list": '[{"a": 1},', "cut in a record": '[{"a": 1', "cut in a text": '[{"a": "b', "cut in a word": '[{"a": tru',
    "comma before ]": '[{"a": 1},]', "comma before }": '[{"a": 1,}]', "two commas": '[{"a": 1},,{"a": 1}]', "] twice": '[{"a": 1}]]',
    "more after the end": '[{"a": 1}] x', "two lists": '[{"a": 1}][{"a": 1}]', "// comment": '[{"a": 1} // one\n]', "/* comment": '[{"a": /* one */ 1}]',
    "# comment": '# one\n[{"a": 1}]', "single quotes": "[{'a': 1}]", "bare key": "[{a: 1}]", "no colon": '[{"a" 1}]', "Python's None": valueOf("None"),
    "line break in a text": valueOf('"a\nb"'), "tab in a text": valueOf('"a\tb"'), "NUL in a text": valueOf('"a\0b"'),
    "escape that is none": valueOf('"\\x41"'), "short escape": valueOf('"\\u12"'), "second byte order mark": '\ufeff\ufeff[{"a": 1}]',
  }, hasPosition);
  datasets.refuses("numbers that JSON does not have: NaN, Infinity, 0x10, 01, +1, .5 …", "400 INVALID_JSON", send,
    named(["NaN", "Infinity", "-Infinity", "0x10", "01", "-01", "+1", ".5", "1.", "1e", "1e+", "-", "1_000", "１"]), hasPosition);
  datasets.refuses("what is no list of records", "422 NOT_A_RECORD_LIST", send, {
    number: "1", text: '"text"', true: "true", null: "null", "list of numbers": "[1, 2]", "list of lists": "[[{}]]", "null among records": '[{"a": 1}, null]',
  }, hasPosition);
  datasets.answers("one object", "201, one record", (body) => withDataset(send(body), ({ records }) => assert.equal(records, 1)), { object: '{"a": 1}' });
  datasets.answers("blank lines among lines", "201", (body) => withDataset(lines(body), ({ records }) => assert.equal(records, 2)), {
    "blank lines": '\n{"a": 1}\n\n  \r\n{"a": 2}\n\n',
  });
  datasets.refuses("a bad line among lines, say the seventh", "400 INVALID_JSON", lines, {
    "broken line": `${'{"a": 1}\n'.repeat(6)}{"a": }\n{"a": 1}\n`, "two records in a line": `${'{"a": 1}\n'.repeat(6)}{"a": 1} {"a": 2}\n`,
  }, ({ position }) => assert.deepEqual([position.line, position.record <= 7], [7, true]));
  datasets.refuses("a key twice in one object, however it is written", "400 DUPLICATE_KEY", send, {
    "side by side": '[{"a": 1, "a": 1}]', "far apart": '[{"a": 1, "b": {"a": 1}, "a": 2}]', nested: '[{"b": {"a": 1, "a": 2}}]',
    escaped: '[{"a": 1, "\\u0061": 2}]', "in the second record": '[{"a": 1}, {"": 1, "": 2}]',
  }, hasPosition);
  datasets.refuses("a column twice in a table", "400 DUPLICATE_KEY", table, { column: "a,b,a\n1,2,3\n" });
  datasets.refuses("a table that is broken", "400 INVALID_CSV", table, {
    "cell too many": "a,b\n1,2,3\n", "cell too few": "a,b\n1\n", "open quote": 'a,b\n"1,2\n', "quote in a cell": 'a,b\n1"2,3\n',
  }, hasPosition);
  datasets.answers("a byte order mark before UTF-8", "201, without it", (body) =>
    withDataset(send(body), ({ fields }) => assert.deepEqual(fields.map(({ name }) => name), ["a"])), { mark: '\ufeff[{"a": 1}]' });
  datasets.refuses("UTF-16, UTF-32, Latin-1, or UTF-8 that is broken", "400 INVALID_ENCODING", send, encodings(), hasPosition);
  datasets.refuses("objects and lists in each other more than 500 deep", "400 TOO_DEEP", send, {
    "501 objects": `[${nested(501)}]`, "100,000 brackets": "[".repeat(100_000), "100,000 braces": '{"a":'.repeat(100_000),
    "100,000 brackets in a record": `[{"a": ${"[".repeat(100_000)}`,
  });
  datasets.answers("500 levels", "201", (body) => withDataset(send(body)), { objects: `[${nested(500)}]`, "lines": nested(500) });
  datasets.refuses("a record of more than 16 MB, as it is or as one key", "413 RECORD_TOO_LARGE", send, {
    text: `[{"a": 1}, {"a": "${"x".repeat(17 * MEBIBYTE)}"}]`, key: `[{"a": 1}, {"${"x".repeat(17 * MEBIBYTE)}": 1}]`,
  }, ({ position }) => assert.equal(position.record, 1));
  datasets.refuses("a key of 1 MB, or a million keys in one record", "413 RECORD_TOO_LARGE", send, {
    "1 MB": `[{"${"x".repeat(MEBIBYTE)}": 1}]`, "a million": `[{${Array.from({ length: 1_000_000 }, (_, n) => `"${n}":0`).join(",")}}]`,
  }, ({ position }) => assert.equal(position.record, 0));
  datasets.refuses("other files, whatever their name: zip, gzip, PNG, PDF, Parquet …", "415 UNSUPPORTED_TYPE", send, {
    zip: "PK\x03\x04rest", "empty zip": "PK\x05\x06rest", gzip: bytes("1f8b0800"), png: bytes("89504e470d0a1a0a"), pdf: "%PDF-1.7", parquet: "PAR1rest",
  });
  datasets.refuses("a tar archive, or other binary", "400 INVALID_JSON", send, {
    tar: Buffer.concat([Buffer.from("data.json"), Buffer.alloc(91), Buffer.from("0000644\0")]), text: "just text",
  });
  datasets.answers("lone halves of surrogate pairs and NUL, escaped", "201, kept as they are", keepsBytes, {
    surrogate: '{"a":"\\ud800"}', "surrogate in a key": '{"\\udc00":1}', NUL: '{"a":"\\u0000"}',
  });
  datasets.answers("integers of 19, 40, 4,300 and more digits, 1e400, 1e-400, -0.0", "201, kept as they are", keepsBytes,
    Object.fromEntries(["9".repeat(19), "9".repeat(40), "9".repeat(4300), "9".repeat(4301), "1e400", "1e-400", "-0.0", "1.10"].map((number) =>
      [number.length > 40 ? `${number.length} digits` : number, `{"a":${number}}`])));
});

async function keepsBytes(record) {
  await withDataset(send(`[${record}]`), async ({ id }) => {
    const { text } = await ask("GET", `/api/v1/datasets/${id}/records`);
    assert.equal(text, `{"items":[${record}],"offset":0,"limit":50,"total":1}`);
  });
}

function nested(levels) {
  return `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
}

function bytes(digits) {
  return Buffer.from(digits, "hex");
}

function encodings() {
  const text = '[{"name": "Zoë"}]';
  const big = Buffer.from(text, "utf16le").swap16();
  const around = (digits) => Buffer.concat([Buffer.from('[{"a": "'), bytes(digits), Buffer.from('"}]')]);
  const wide = Buffer.concat(Array.from(text, (character) => Buffer.from([character.charCodeAt(0), 0, 0, 0])));
  return {
    "UTF-16, little end": Buffer.from(text, "utf16le"), "UTF-16, little end, with mark": Buffer.from(`\ufeff${text}`, "utf16le"), "UTF-16, big end": big,
    "UTF-16, big end, with mark": Buffer.concat([bytes("feff"), big]), "UTF-32": wide, "Latin-1": Buffer.from(text, "latin1"),
    overlong: around("c0af"), "overlong of three": around("e080af"), "half of a surrogate pair": around("eda080"), "beyond Unicode": around("f4908080"),
    "cut off before the end": around("e282"), "cut off by the end": Buffer.concat([Buffer.from('[{"a": "'), bytes("e282")]), "stray byte": around("80"), FF: around("ff"),
  };
}
