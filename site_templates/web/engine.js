// The engine as the page sees it: fetched when it is first needed, started in a worker, ended at any time.
import source from './worker.js';

const GZIP = [0x1f, 0x8b];

async function inflated(bytes) {
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return bytes; // a server has done it already
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// A page that was opened as a file may fetch nothing but scripts, so the same bytes stand in a script beside the file.
function fromScript(address) {
  return new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = `${address}.js`;
    script.addEventListener('load', () => {
      const text = atob(globalThis.censorkbBytes.pop());
      script.remove();
      const bytes = new Uint8Array(text.length);
      for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at); // Uint8Array.from takes ten times as long
      done(bytes);
    });
    script.addEventListener('error', () => failed(new Error(script.src)));
    document.head.append(script);
  });
}

async function fetched(address, tell) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  const parts = [];
  for (let reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    tell(value.length);
  }
}

// Arrives one after the other, since each script hands over what it carries by one name.
let queue = Promise.resolve();
function got(address, tell) {
  if (location.protocol !== 'file:') return fetched(address, tell);
  queue = queue.then(() => fromScript(address), () => fromScript(address));
  return queue;
}

export class Engine {
  // files: { root, engine, data, terms, graphs, graph }: addresses, and the graph that the terms are in for queries that
  // name graphs; tell: is given the number of bytes that have come
  constructor(files, tell) {
    Object.assign(this, { files, tell, kept: new Map(), waiting: new Map(), next: 0, loaded: new Set() });
  }

  // Ask a query; `named` says whether it names graphs, which take as much room again.
  async ask(sparql, named) {
    await this.#start();
    const { data, terms, graphs, graph } = this.files;
    await this.#load(data);
    await this.#load(terms);
    if (named) {
      await this.#load(graphs);
      await this.#load(terms, graph);
    }
    return this.#call({ act: 'query', sparql });
  }

  stop() {
    this.worker?.terminate();
    this.worker = this.started = undefined;
    this.loaded.clear();
    for (const { failed } of this.waiting.values()) failed(new DOMException('stopped', 'AbortError'));
    this.waiting.clear();
  }

  // The compressed bytes stay in memory: starting again after a stop fetches nothing.
  #packed(address) {
    if (!this.kept.has(address)) {
      const coming = got(this.files.root + address, this.tell);
      coming.catch(() => this.kept.delete(address));
      this.kept.set(address, coming);
    }
    return this.kept.get(address);
  }

  #bytes(address) {
    return this.#packed(address).then(inflated);
  }

  #start() {
    this.started ??= (async () => {
      for (const address of [this.files.data, this.files.terms]) this.#packed(address).catch(() => {}); // beside the engine
      const engine = (await this.#bytes(this.files.engine)).buffer;
      const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      this.worker = new Worker(address);
      URL.revokeObjectURL(address);
      this.worker.addEventListener('message', ({ data }) => {
        const { done, failed } = this.waiting.get(data.id);
        this.waiting.delete(data.id);
        if (data.fault === undefined) done(data.answer);
        else failed(new Error(data.fault));
      });
      this.worker.addEventListener('error', (event) => {
        const fault = new Error(event.message);
        for (const { failed } of this.waiting.values()) failed(fault);
        this.waiting.clear();
        this.stop();
      });
      await this.#call({ act: 'start', engine }, [engine]);
    })();
    this.started.catch(() => { this.started = undefined; });
    return this.started;
  }

  async #load(address, graph) {
    const key = `${address} ${graph}`;
    if (this.loaded.has(key)) return;
    const bytes = (await this.#bytes(address)).buffer;
    await this.#call({ act: 'load', bytes, name: address, graph }, [bytes]);
    this.loaded.add(key);
  }

  #call(message, handed = []) {
    return new Promise((done, failed) => {
      const id = this.next++;
      this.waiting.set(id, { done, failed });
      this.worker.postMessage({ ...message, id }, handed);
    });
  }
}
