// Oxigraph in a worker: the page stays alive while a query runs, and a query that never ends can be ended.
import init, { Store, namedNode } from 'oxigraph/web.js';

const FORMATS = { ttl: 'text/turtle', trig: 'application/trig' };
let store;

const acts = {
  async start({ engine }) {
    await init({ module_or_path: engine });
    store = new Store();
  },
  load({ bytes, name, graph }) {
    const format = FORMATS[name.split('.').find((part) => part in FORMATS)];
    store.load(new Uint8Array(bytes), graph ? { format, to_graph_name: namedNode(graph) } : { format });
  },
  // Rows come as SPARQL JSON; triples as Turtle, since they have no such form.
  query({ sparql }) {
    const rows = store.query(sparql, { results_format: 'json' });
    return rows.startsWith('{"head"') ? { rows } : { triples: store.query(sparql, { results_format: 'ttl' }) };
  },
};

self.addEventListener('message', async ({ data }) => {
  try {
    self.postMessage({ id: data.id, answer: await acts[data.act](data) });
  } catch (fault) {
    self.postMessage({ id: data.id, fault: String(fault?.message ?? fault) });
  }
});
