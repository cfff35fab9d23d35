// Ids, queries, headers, methods and paths.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { section } from "./documented.mjs";
import { ask, exchange } from "./exchange.mjs";
import { end, remove, SOURCE, submit, upload } from "./sound.mjs";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const RUNS = "/api/v1/runs";
const PATIENCE_MS = 2_000;
const BELOW_RUNS = ["", "/records", "/results", "/failures", "/batches", "/batches/0", "/batches/0/log", "/batches/0/attempts"];
const OF_NOBODY = [
  ...BELOW_RUNS.map((rest) => ["GET", RUNS, rest]), ["POST", RUNS, "/cancel"], ["POST", RUNS, "/retry"], ["DELETE", RUNS, ""], ["GET", "/api/v1/datasets", ""], ["GET", "/api/v1/datasets", "/records"],
  ["DELETE", "/api/v1/datasets", ""], ["GET", "/api/v1/pipelines", ""], ["GET", "/api/v1/pipelines", "/versions"], ["DELETE", "/api/v1/pipelines", ""], ["GET", "/get_result", ""],
];

let run;

async function makeRun() {
  run = await submit((await upload()).id, SOURCE);
  await end(run.id);
}

const removeRun = () => remove(run);

section("Identifiers", (identifiers) => {
  before(makeRun);
  after(removeRun);

  const values = { nobody: NOBODY, "no UUID": "x", number: "1", null: "null", NUL: "%00", parent: "..%2f", passwd: "..%2f..%2fetc%2fpasswd", emoji: "%F0%9F%98%80", FF: "%ff", SQL: "'%20or%201=1", braces: "%7Bid%7D", long: "x".repeat(3_000), "36 characters": "z".repeat(36) };
  identifiers.refuses("an id that does not exist or is none, under every address", "404 NOT_FOUND", ([method, path]) => ask(method, path, { headers: { "Content-Type": "application/json" } }),
    Object.fromEntries(Object.entries(values).flatMap(([name, id]) => OF_NOBODY.map(([method, path, rest]) => [`${name}, ${method} ${path}/…${rest}`, [method, `${path}/${id}${rest}`]]))));
  identifiers.refuses("a batch that does not exist or is no number", "404 NOT_FOUND", (number) => ask("GET", `${RUNS}/${run.id}/batches/${number}`), {
    second: "1", negative: "-1", "2^31": "2147483648", "2^63": "9223372036854775808", text: "x", half: "1.5", NUL: "%00", hexadecimal: "0x0",
  });
});

section("Queries", (queries) => {
  before(makeRun);
  after(removeRun);

  const lists = () => [RUNS, "/api/v1/datasets", "/api/v1/pipelines", `${RUNS}/${run.id}/records`, `${RUNS}/${run.id}/batches`, `${RUNS}/${run.id}/results`];
  async function everywhere(query) {
    let refusal;
    for (const list of lists()) {
      refusal = await ask("GET", `${list}?${query}`);
      assert.equal(refusal.status, 400, list);
    }
    return refusal;
  }
  const namesIt = ({ detail }, name) => assert.match(detail, new RegExp(`"${name.split(" ")[0]}"`));
  queries.refuses("a parameter that is unknown or stands twice, in any list", "400 INVALID_PARAMETER", everywhere, {
    page: "page=-1", size: "size=1e9", sort: "sort=password", fields: "fields=password", q: `q=${"x".repeat(1_000)}`, "status twice": "status=FAILED&status=FAILED",
  }, namesIt);
  queries.refuses("a limit or offset that is no number in its range", "400 INVALID_PARAMETER", (query) => ask("GET", `${RUNS}/${run.id}/records?${query}`), {
    "limit zero": "limit=0", "limit negative": "limit=-1", "limit 1001": "limit=1001", "limit 1e9": "limit=1e9", "limit 2^31": "limit=2147483648", "limit text": "limit=x", "limit empty": "limit=", "limit twice": "limit=1&limit=2",
    "offset negative": "offset=-1", "offset half": "offset=1.5", "offset 2^63": "offset=9223372036854775808", "offset other digits": "offset=%EF%BC%91",
  }, namesIt);
  queries.refuses("a status, format, view or cursor that is none, such as %, _ or quotes", "400 INVALID_PARAMETER", (query) => ask("GET", query()), {
    "status %": () => `${RUNS}?status=%25`, "status _": () => `${RUNS}?status=_`, "status small": () => `${RUNS}?status=failed`, "status SQL": () => `${RUNS}?status='%20or%201=1`, "status NUL": () => `${RUNS}?status=%00`,
    "format xml": () => `${RUNS}/${run.id}/results?format=xml`, "view all": () => `${RUNS}/${run.id}/results?view=all`, "cursor text": () => `${RUNS}?cursor=x`, "cursor long": () => `${RUNS}?cursor=${"A".repeat(2_000)}`,
  }, namesIt);
  queries.answers("an offset beyond the end", "200, no items", async (offset) => {
    const { status, text } = await ask("GET", `${RUNS}/${run.id}/records?offset=${offset}`);
    assert.deepEqual([status, JSON.parse(text).items], [200, []]);
  }, { "just so": 1, "2^63 - 1": "9223372036854775807" });
});

section("Headers", (headers) => {
  before(makeRun);
  after(removeRun);

  headers.refuses("an address of more than 4,096 characters", "414 ADDRESS_TOO_LONG", (path) => ask("GET", path), { path: `${RUNS}/${"x".repeat(5_000)}`, query: `${RUNS}?cursor=${"x".repeat(30_000)}` });
  headers.refuses("headers of more than 20 KB together", "431 HEADERS_TOO_LARGE", (added) => ask("GET", RUNS, { headers: added }), {
    one: { "X-Long": "x".repeat(30_000) }, many: Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`X-Many-${n}`, "some words for it"])), cookie: { Cookie: "a=b;".repeat(10_000) },
  });
  headers.answers("an address or headers of more than 64 KB", "414 or 431 without a body, the connection ends", async ({ path = RUNS, added = {} }) => {
    assert.ok([414, 431].includes((await ask("GET", path, { headers: added })).status));
  }, { address: { path: `${RUNS}/${"x".repeat(100_000)}` }, header: { added: { "X-Long": "x".repeat(100_000) } } });
  headers.answers("lines that are no headers, or not HTTP at all", "400 without a body, the connection ends", async (text) => {
    const { status, received } = await exchange([text], { patience: PATIENCE_MS });
    assert.ok(received === "" || status === 400, received);
  }, {
    "no colon": `GET ${RUNS} HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n`, NUL: `GET ${RUNS} HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n`, "blank in a name": `GET ${RUNS} HTTP/1.1\r\nHost: localhost\r\nX Y: a\r\n\r\n`,
    "no version": `GET ${RUNS}\r\n\r\n`, TLS: "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
  });
  headers.refuses("an Accept that nothing here fits", "406 NOT_ACCEPTABLE", (accept) => ask("GET", RUNS, { headers: { Accept: accept } }), { image: "image/png", xml: "application/xml", garbage: "nonsense", quality: "a/b;q=x" });
  headers.refuses("a Range beyond the end of a file of the page", "416 RANGE_NOT_SATISFIABLE", () => ask("GET", "/", { headers: { Range: "bytes=999999999-" } }), { beyond: undefined });
  headers.answers("a Range, or an If-Match, of an answer that has no such thing", "200, as without it", async (added) => {
    assert.equal((await ask("GET", `${RUNS}/${run.id}/records`, { headers: added })).status, 200);
  }, { range: { Range: "bytes=5-1" }, garbage: { Range: "x" }, match: { "If-Match": "garbage" } });
  headers.refuses("another service in the Host header", "421 UNKNOWN_HOST", (host) => ask("GET", RUNS, { headers: { Host: host } }), { evil: "evil.example", "almost ours": "localhost.evil.example", empty: "" });
  headers.refuses("no Host header, or one that is no name", "400 INVALID_REQUEST", (lines) => exchange([`GET ${RUNS} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`]), { none: "", blanks: "Host: a b:x\r\n" });
  headers.answers("X-Forwarded-Host, Forwarded and such, forged", "ignored: links have no host", async () => {
    const { status, headers: told, text } = await ask("GET", `${RUNS}/${run.id}`, { headers: { "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", Forwarded: "host=evil.example" } });
    assert.equal(status, 200);
    assert.doesNotMatch(JSON.stringify([...told]) + text, /evil|gopher/);
  });
});

section("Methods and paths", (paths) => {
  paths.refuses("a method that the path does not have, TRACE and CONNECT too", "405 METHOD_NOT_ALLOWED", async (method) => {
    const answer = await ask(method, RUNS);
    assert.equal(answer.headers.get("Allow"), "GET, HEAD, OPTIONS, POST");
    return answer;
  }, { PUT: "PUT", PATCH: "PATCH", DELETE: "DELETE", TRACE: "TRACE", CONNECT: "CONNECT", unknown: "BREW", "small letters": "get" });
  paths.answers("HEAD and OPTIONS", "200, no content", async (method) => {
    const { status, text } = await ask(method, RUNS);
    assert.deepEqual([status, text], [200, ""]);
  }, { HEAD: "HEAD", OPTIONS: "OPTIONS" });
  paths.answers("the same path written otherwise: //api//v1, ;a=b, %2e%2e, / at its end", "200, the same as the path itself", async (path) => {
    const plain = await ask("GET", `${RUNS}?limit=1`);
    assert.equal((await ask("GET", `${path}?limit=1`)).text, plain.text);
  }, { slashes: "//api//v1/runs", parameter: "/api/v1/runs;a=b", parents: "/%2e%2e/api/v1/runs", "parents within": "/api/v1/%2e%2e/v1/runs", "at the end": "/api/v1/runs/" });
  paths.refuses("a path of nothing", "404 NOT_FOUND", (path) => ask("GET", path), {
    configs: "/api/v1/runs/configs", version: "/api/v2/runs", api: "/api", below: "/q/nothing", hash: "/api/v1/runs#x", file: "/nothing.js", "no slash": "api/v1/runs", "encoded slashes": "/..%2f..%2fetc%2fpasswd",
  });
  paths.answers("a path that is no part of a URI: % without digits, a backslash, NUL", "400 without a body", async (path) =>
    assert.equal((await ask("GET", path)).status, 400), { percent: "/api/v1/runs/%", letters: "/api/v1/runs/%zz", page: "/%zz", backslash: "/api\\v1\\runs", NUL: "/api/v1/runs/\0" });
  paths.answers("/API/…, or ways out such as /../../etc/passwd", "the page, which is the answer to any address of its own", async (path) => {
    const { status, headers, text } = await ask("GET", path);
    assert.deepEqual([status, headers.get("Content-Type")], [200, "text/html;charset=UTF-8"]);
    assert.doesNotMatch(text, /root:/);
  }, { "capital letters": "/API/v1/runs", parents: "/../../etc/passwd", encoded: "/%2e%2e/%2e%2e/etc/passwd" });
});
