// Parts of forms that submit a run.
import { pipelineOf } from './sound.mjs';

export const BOUNDARY = 'edge';
export const PIPELINE = part('pipeline', JSON.stringify(pipelineOf()), 'pipeline.json');
export const DATASET = part('dataset', '[{"a": 1}]', 'dataset.json');
export const UNFINISHED = JSON.stringify({ name: 'form', steps: [{ name: 'one', main_script: 'main.py' }] });

export function part(name, content, fileName) {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName ? `; filename="${fileName}"` : ''}\r\n\r\n${content}\r\n`;
}
