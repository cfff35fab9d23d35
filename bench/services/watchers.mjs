// Two hundred people who look at a run, in a process of their own that is there for as long as the service: one that has just been
// started would cost the run beside it more than their looks do.
import { fork } from 'node:child_process';
import { once } from 'node:events';

const WATCHERS = 200;

export class Watchers {
  #process;

  // Returns them when all are connected.
  static async of(address) {
    const watchers = new Watchers();
    watchers.#process = fork(new URL('polling-clients.mjs', import.meta.url), [
      new URL(address).port,
      String(WATCHERS),
    ]);
    await once(watchers.#process, 'message');
    return watchers;
  }

  // Has each of them make some requests that have nothing to do with runs: whoever was idle for minutes is slow at first.
  async practise() {
    this.#process.send('practise');
    await once(this.#process, 'message');
  }

  // Has each of them look once a second from now on, beginning at some moment of the first second.
  watch(run) {
    this.#process.send(run);
  }

  // Returns how many seconds each look took.
  async stop() {
    this.#process.send('end');
    const [latencies] = await once(this.#process, 'message');
    return latencies;
  }

  leave() {
    this.#process.kill();
  }
}
