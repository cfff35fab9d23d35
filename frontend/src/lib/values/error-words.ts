/** Errors in words: a sentence for the codes of the service, the type and the message for exceptions of scripts. */

type Failure = { type: string; message: string };

export type ErrorWords = {
  title: string;
  /** What to do, or what the service says more exactly. */
  detail?: string;
  /** The code of the service, for those who look it up. */
  code?: string;
};

const titles: Record<string, string> = {
  TIMEOUT: 'The script took too long',
  OOM_KILLED: 'The script needed more memory than its sandbox has',
  SCRIPT_CRASHED: 'The script ended its Python process',
  RESULT_NOT_JSON: '`transform` returned something that JSON cannot hold',
  RESULT_TOO_LARGE: '`transform` returned too much',
  RECORD_NOT_JSON: 'Python cannot read this record',
  NUMBER_TOO_LONG: 'A number in the record has too many digits for Python',
  NUMBER_OUT_OF_RANGE: 'A number in the record is out of the range of a double',
  BATCH_ABORTED: 'The batch was stopped before this record',
  SCRIPT_SYNTAX: 'A script has a syntax error',
  SCRIPT_CONTRACT: 'A script has no `transform` that takes a record',
  SCRIPT_LOAD: 'A script could not be loaded',
  ENVIRONMENT_MISSING: 'The packages of the run are gone',
  ENGINE_DIED: 'The sandbox ended while it ran this batch',
  PROTOCOL_VIOLATION: 'The sandbox sent something that nobody asked for',
};

const notADict = /^transform must return a dict, not (.+)$/;

const pythonTypes: Record<string, string> = {
  NoneType: 'None',
  list: 'a list',
  str: 'a text',
  int: 'an integer',
  float: 'a number',
  bool: 'True or False',
  tuple: 'a tuple',
  set: 'a set',
  generator: 'a generator',
};

export function errorWords({ type, message }: Failure): ErrorWords {
  const returned = type === 'RESULT_NOT_JSON' ? notADict.exec(message)?.[1] : undefined;
  if (returned === 'NoneType') {
    return { title: '`transform` returned None', detail: 'Is `return record` missing?', code: type };
  }
  if (returned !== undefined) {
    const what = pythonTypes[returned] ?? `a value of type ${returned}`;
    return { title: `\`transform\` returned ${what}`, detail: 'It must return a dict.', code: type };
  }
  const title = titles[type];
  return title === undefined ? { title: `${type}: ${message}` } : { title, detail: message, code: type };
}

/** The same in one line. */
export function errorLine(error: Failure): string {
  const { title, detail } = errorWords(error);
  return detail === undefined ? title : `${title}. ${detail}`;
}
