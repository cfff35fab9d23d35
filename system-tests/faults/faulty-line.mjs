// A TCP line to a server that can be made slow, cut off or silent, as networks are.
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';

export class FaultyLine {
  #server;
  #target;
  #pairs = new Set();
  #delay = 0;
  #isSilent = false;

  // target is the port on this machine that the line leads to
  constructor(target) {
    this.#target = target;
    this.#server = createServer((near) => this.#join(near));
  }

  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
  }

  // Everything takes so many milliseconds longer, in each direction.
  delay(milliseconds) {
    this.#delay = milliseconds;
  }

  // Nothing gets through any more and nobody is told: a connection that is half open, or a packet filter that drops.
  fallSilent() {
    this.#isSilent = true;
  }

  // Ends every connection with a reset; new ones get through.
  cut() {
    this.#pairs.forEach(reset);
  }

  // As new. What was lost while the line was silent stays lost: those connections never say anything again.
  mend() {
    this.#delay = 0;
    this.#isSilent = false;
  }

  close() {
    this.cut();
    this.#server.close();
  }

  get connections() {
    return this.#pairs.size;
  }

  #join(near) {
    const far = createConnection({ host: '127.0.0.1', port: this.#target });
    const pair = { near, far, hasLost: false };
    this.#pairs.add(pair);
    this.#pass(pair, near, far);
    this.#pass(pair, far, near);
  }

  #pass(pair, from, to) {
    from.setNoDelay(true);
    from.on('data', (bytes) => {
      pair.hasLost ||= this.#isSilent;
      // In order also when the delay changes meanwhile: timers of the same length end in their order, and so do sends.
      if (!pair.hasLost) {
        this.#later(() => pair.hasLost || to.write(bytes));
      }
    });
    from.on('error', () => {});
    from.on('close', () => {
      this.#pairs.delete(pair);
      if (!pair.hasLost) {
        this.#later(() => to.destroy());
      }
    });
  }

  #later(step) {
    if (this.#delay === 0) {
      step();
    } else {
      setTimeout(step, this.#delay);
    }
  }
}

function reset({ near, far }) {
  near.resetAndDestroy();
  far.resetAndDestroy();
}
