// The query page: a text, a button, an answer. Nothing is loaded before the button is pressed, and nothing leaves the page.
import { Engine } from './engine.js';
import { Results } from './results.js';

const PATIENCE = 60_000; // milliseconds, as `censorkb query --timeout`
const form = document.getElementById('ask');
const config = JSON.parse(form.dataset.config);
const { words } = config;
const find = (name) => form.querySelector(`[data-part="${name}"]`);
const [area, run, stop, colours, link, status, out, files] = [
  'text', 'run', 'stop', 'colours', 'link', 'status', 'out', 'files',
].map(find);

const language = document.documentElement.lang;
const number = (value, digits = 0) => value.toLocaleString(language, { maximumFractionDigits: digits });
// Words stand beside figures: "Rows: 12".
const say = (...parts) => { status.textContent = parts.join(' · '); };

let bytes = 0;
const engine = new Engine(config, (more) => {
  bytes += more;
  say(`${words.loading}${words.colon}${number(bytes / 1024)} KB`);
});
const results = new Results(config.prefixes, config.pages);
let editor = area; // what has the text; in its place one with colours, if the reader asks for it
const read = () => (editor === area ? area.value : editor.text);
const write = (text) => { if (editor === area) area.value = text; else editor.text = text; };
let last; // the answer that is shown

const prelude = Object.entries(config.prefixes).map(([name, space]) => `PREFIX ${name}: <${space}> `).join('');
const GRAPHS = /\b(GRAPH|FROM)\b/i; // maybe in a text or a comment: then the graphs are loaded for nothing

// The prefixes stand on a line of their own before the query.
function explained(fault, sparql) {
  const place = /^error at (\d+):(\d+): (.*)/s.exec(fault);
  if (!place) return fault;
  const line = Number(place[1]) - 1;
  const column = Number(place[2]);
  const text = sparql.split('\n')[line - 1] ?? '';
  const expected = place[3].replace(/\s+/g, ' ');
  const why = expected.includes('Prefix not found')
    ? `${words.prefix} ${Object.keys(config.prefixes).join(', ')}`
    : expected.replace(/^expected one of /, `${words.expected}${words.colon}`).slice(0, 300);
  return `${words.line} ${line}, ${words.column} ${column}\n${text}\n${' '.repeat(Math.max(column - 1, 0))}^\n${why}`;
}

// Things of one namespace have pages of several kinds: their classes say which.
async function kindsOf({ columns, rows }) {
  const things = new Set();
  for (const row of rows.slice(0, Results.shown)) {
    for (const column of columns) {
      const term = row[column];
      if (term?.type === 'uri' && term.value.startsWith(config.things)) things.add(term.value);
    }
  }
  if (!things.size) return new Map();
  const given = [...things].map((iri) => `<${iri}>`).join(' ');
  const classes = config.classes.map(([iri]) => `<${iri}>`).join(' ');
  const sparql = `SELECT ?thing ?class { VALUES ?thing { ${given} } VALUES ?class { ${classes} } ?thing a ?class }`;
  const found = JSON.parse((await engine.ask(sparql, false)).rows).results.bindings;
  // Of two classes of a thing the later in the list says more.
  return new Map(config.classes.flatMap(([iri, page]) => found
    .filter((row) => row.class.value === iri).map((row) => [row.thing.value, page])));
}

async function show(answer, seconds) {
  const took = `${number(seconds, 2)} s`;
  if (answer.triples !== undefined) {
    const text = document.createElement('pre');
    text.textContent = answer.triples;
    out.replaceChildren(text);
    last = { triples: answer.triples };
    say(`${words.triples}${words.colon}${number(answer.triples.split('\n').length - 1)}`, took);
    return;
  }
  const found = JSON.parse(answer.rows);
  if ('boolean' in found) {
    const word = document.createElement('p');
    word.textContent = found.boolean ? words.yes : words.no;
    out.replaceChildren(word);
    last = { json: answer.rows, columns: ['answer'], rows: [{ answer: { type: 'literal', value: String(found.boolean) } }] };
    say(took);
    return;
  }
  last = { json: answer.rows, columns: found.head.vars, rows: found.results.bindings };
  out.replaceChildren(results.table(last, await kindsOf(last)));
  const { length } = last.rows;
  say(`${words.rows}${words.colon}${number(length)}`, took, ...(length > Results.shown ? [`${words.first}${words.colon}${Results.shown}`] : []));
}

function fail(fault, sparql) {
  const text = document.createElement('pre');
  text.textContent = explained(fault.message, sparql);
  out.replaceChildren(text);
  say(words.error);
}

let running = false;
async function ask() {
  if (running) return;
  const sparql = read();
  running = run.disabled = true;
  stop.hidden = false;
  files.hidden = true;
  last = undefined;
  out.replaceChildren();
  bytes = 0;
  link.href = `#q=${encodeURIComponent(sparql)}`;
  link.hidden = false;
  let late = false;
  const patience = setTimeout(() => { late = true; engine.stop(); }, PATIENCE);
  const start = performance.now();
  say(words.running);
  try {
    await show(await engine.ask(`${prelude}\n${sparql}`, GRAPHS.test(sparql)), (performance.now() - start) / 1000);
    history.replaceState(null, '', link.href);
    files.hidden = false;
    for (const button of files.querySelectorAll('button')) button.hidden = !(button.dataset.form in forms());
    out.parentElement.hidden = false;
  } catch (fault) {
    if (fault.name === 'AbortError') say(late ? words.late : words.stopped);
    else fail(fault, sparql);
  } finally {
    clearTimeout(patience);
    running = run.disabled = false;
    stop.hidden = true;
  }
}

// What the last answer can be saved as: its type, its ending and its text.
const forms = () => (last?.triples !== undefined
  ? { ttl: ['text/turtle', () => last.triples] }
  : { csv: ['text/csv', () => results.csv(last)], json: ['application/sparql-results+json', () => last.json] });

function save(ending) {
  const [type, text] = forms()[ending];
  const address = URL.createObjectURL(new Blob([text()], { type }));
  const save = document.createElement('a');
  save.href = address;
  save.download = `answer.${ending}`;
  save.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function colour() {
  colours.disabled = true;
  const script = document.createElement('script');
  script.src = config.root + config.editor;
  script.addEventListener('load', () => {
    const host = document.createElement('div');
    area.before(host);
    editor = globalThis.censorkbEditor(host, area.value, words.query, ask);
    area.hidden = colours.hidden = true;
    editor.focus();
  });
  script.addEventListener('error', () => { colours.disabled = false; say(words.error); });
  document.head.append(script);
}

function fromAddress() {
  const query = /^#q=(.*)/s.exec(location.hash);
  if (!query) return;
  try {
    write(decodeURIComponent(query[1]));
  } catch {
    say(words.link);
  }
}

form.addEventListener('submit', (event) => { event.preventDefault(); ask(); });
stop.addEventListener('click', () => engine.stop());
colours.addEventListener('click', colour);
area.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(); });
files.addEventListener('click', ({ target }) => { if (target.dataset.form) save(target.dataset.form); });
addEventListener('hashchange', fromAddress);
fromAddress();
form.hidden = false;
