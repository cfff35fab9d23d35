// Asks all the time whether the service is ready, and looks at the memory of its process.
import { setTimeout as pause } from 'node:timers/promises';
import { memoryOf } from '../harness/processes.mjs';

const BETWEEN_LOOKS_MS = 200;

export class ServiceWatch {
  #service;
  #isOver = false;
  #watching;

  longestAnswerMs = 0;
  highestMemory = 0;
  looks = 0;
  refusals = [];

  constructor(service) {
    this.#service = service;
    this.#watching = this.#watch();
  }

  async #watch() {
    while (!this.#isOver) {
      await this.#look();
      await pause(BETWEEN_LOOKS_MS);
    }
  }

  async #look() {
    const began = performance.now();
    try {
      const response = await fetch(`${this.#service.address}/q/health/ready`);
      const text = await response.text();
      if (!response.ok) {
        this.refusals.push(text);
      }
    } catch (failure) {
      this.refusals.push(String(failure));
    }
    this.looks++;
    this.longestAnswerMs = Math.max(this.longestAnswerMs, performance.now() - began);
    this.highestMemory = Math.max(this.highestMemory, memoryOf(this.#service.processId));
  }

  async close() {
    this.#isOver = true;
    await this.#watching;
  }
}
