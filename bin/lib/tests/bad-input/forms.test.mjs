// Forms that submit a run: parts that are missing, twice, unknown, cut off or far too many.
import assert from "node:assert/strict";
import { assertSoon, section } from "./documented.mjs";
import { ask } from "./exchange.mjs";
import { pipelineOf, SOURCE } from "./sound.mjs";

const MEBIBYTE = 2 ** 20;
const BOUNDARY = "edge";
const PIPELINE = part("pipeline", JSON.stringify(pipelineOf()), "pipeline.json");
const DATASET = part("dataset", '[{"a": 1}]', "dataset.json");
const UNFINISHED = JSON.stringify({ name: "form", steps: [{ name: "one", main_script: "main.py" }] });

function part(name, content, fileName) {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName ? `; filename="${fileName}"` : ""}\r\n\r\n${content}\r\n`;
}

function send(parts, end = `--${BOUNDARY}--\r\n`) {
  return raw(parts.join("") + end);
}

function raw(body, type = `multipart/form-data; boundary=${BOUNDARY}`) {
  return ask("POST", "/api/v1/runs", { headers: { "Content-Type": type }, body });
}

section("Forms", (forms) => {
  forms.refuses("a part that is missing", "400 MISSING_PART", send, {
    dataset: [PIPELINE], pipeline: [DATASET], "a script that a step names": [part("pipeline", UNFINISHED, "p.json"), DATASET],
    all: [part("batch_size", "5")],
  });
  forms.refuses("a part that stands twice", "400 DUPLICATE_PART", send, { dataset: [PIPELINE, DATASET, DATASET], pipeline: [PIPELINE, PIPELINE, DATASET] });
  forms.refuses("a part of another name", "400 UNKNOWN_PART", send, {
    data: [PIPELINE, part("data", "[]", "data.json")], "script without number": [PIPELINE, DATASET, part("main", SOURCE)],
    "script of no step": [PIPELINE, DATASET, part("main_7", SOURCE, "main.py")], path: [PIPELINE, DATASET, part("../../main_0", SOURCE, "main.py")],
  });
  forms.refuses("a form without a boundary", "400 MISSING_PART", (body) => raw(body, "multipart/form-data"), { "no boundary": PIPELINE + DATASET });
  forms.refuses("a form that is cut off, or with parts that are none", "400 INVALID_REQUEST", ([body, type]) => raw(body, type), {
    "another boundary": [`${PIPELINE + DATASET}--${BOUNDARY}--`, "multipart/form-data; boundary=other"],
    empty: [""], "no end": [PIPELINE + DATASET], "cut in a header": [`${PIPELINE}--${BOUNDARY}\r\nContent-Dispo`], garbage: ["garbage"],
    "no name": [`${PIPELINE}--${BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nv\r\n--${BOUNDARY}--\r\n`],
  });
  forms.answers("10,000 parts, or a header of a part of 1 MB", "400 or 413, soon", async (body) => {
    const answer = await raw(body);
    assert.ok([400, 413].includes(answer.status), `${answer.status} ${answer.text}`);
    assertSoon(answer);
  }, {
    parts: `${Array.from({ length: 10_000 }, (_, n) => part(`part${n}`, "x")).join("")}--${BOUNDARY}--\r\n`,
    header: `${part("x".repeat(MEBIBYTE), "x")}--${BOUNDARY}--\r\n`,
  });
  forms.refuses("a dataset that is broken", "400 INVALID_JSON", (content) => send([PIPELINE, part("dataset", content, "dataset.json")]), {
    "cut off": '[{"a": 1}, ', "broken later": `[${'{"a": 1},'.repeat(10_000)}oops]`,
  });
  forms.refuses("an empty file as dataset", "400 EMPTY_BODY", (content) => send([PIPELINE, part("dataset", content, "dataset.json")]), { empty: "" });
  forms.refuses("a zip archive called dataset.json", "415 UNSUPPORTED_TYPE", (content) => send([PIPELINE, part("dataset", content, "dataset.json")]), { zip: "PK\x03\x04rest" });
  forms.refuses("a batch_size that is no whole number", "400 WRONG_TYPE", (size) => send([PIPELINE, DATASET, part("batch_size", size)]), {
    text: "ten", half: "1.5", blank: " ", exponent: "1e3", "other digits": "１２",
  });
  forms.refuses("a batch_size below 1 or above 1,000,000", "422 OUT_OF_RANGE", (size) => send([PIPELINE, DATASET, part("batch_size", size)]), {
    zero: "0", negative: "-1", "too large": "1000001", "2^31": "2147483648", "20 digits": "9".repeat(20),
  });
  forms.refuses("a pipeline that is no JSON", "400 INVALID_JSON", (content) => send([part("pipeline", content, "p.json"), DATASET]), { text: "steps: []", "cut off": '{"name": ' });
  forms.refuses("a pipeline with a field that is unknown", "400 UNKNOWN_FIELD", (content) => send([part("pipeline", content, "p.json"), DATASET]), { stepz: '{"name": "x", "stepz": []}' });
});
