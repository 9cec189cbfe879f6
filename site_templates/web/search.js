// Search over names and over what claims say, from scripts beside the page, so that it works from the disk as well.
import MiniSearch from 'minisearch';

const SHOWN = 50;
// As in ISO 9, without marks: who types a Latin name in Cyrillic letters finds it.
const LATIN = Object.fromEntries([...'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў'].map((letter, at) => [letter, [
  'a', 'b', 'v', 'g', 'd', 'e', 'e', 'zh', 'z', 'i', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'r', 's', 't', 'u', 'f', 'kh', 'ts',
  'ch', 'sh', 'shch', '', 'y', '', 'e', 'yu', 'ya', 'i', 'i', 'e', 'g', 'u'][at]]));
// What more than one thing of a kind is worth when as much of it fits.
const WEIGHT = { country: 1.6, service: 1.6, target: 1.4, actor: 1.4, law: 1.2, measure: 1.1, claim: 1 };

const form = document.getElementById('search');
const config = JSON.parse(form.dataset.config);
const { words } = config;
const [box, status, list, notes] = ['box', 'status', 'list', 'notes'].map((name) => form.querySelector(`[data-part="${name}"]`));
const language = document.documentElement.lang;

const folded = (text) => text.toLocaleLowerCase(language).normalize('NFKD').replace(/\p{M}/gu, '');
const latin = (text) => [...text].map((letter) => LATIN[letter] ?? letter).join('');
// Both spellings are one term each, so that either finds the other.
const terms = (word) => { const one = folded(word); const other = latin(one); return one === other ? one : [one, other]; };
const kind = (address) => address.split('/')[0];

const index = new MiniSearch({
  fields: ['label', 'names', 'words'],
  processTerm: terms,
  searchOptions: {
    boost: { label: 2, names: 2 }, prefix: (term) => term.length > 1, fuzzy: (term) => (term.length > 4 ? 0.25 : 0),
    // Who types the whole name of a thing wants that thing first.
    boostDocument: (address, term) => (WEIGHT[kind(address)] ?? 1) * (whole(address) === latin(term) ? 4 : 1),
  },
});
const things = new Map();
const whole = (address) => latin(folded(things.get(address)[1]));

// Each script hands over { things: [[address, label, language, other names, other words to find it by]], note }.
function take() {
  for (const { things: found, note } of globalThis.censorkbFound?.splice(0) ?? []) {
    const fresh = found.filter(([address]) => !things.has(address));
    for (const thing of fresh) things.set(thing[0], thing);
    index.addAll(fresh.map(([id, label, , names, words = '']) => ({ id, label, names, words })));
    if (!note) continue;
    const line = document.createElement('p');
    line.textContent = note;
    notes.append(line);
  }
}

function script(address) {
  return new Promise((done, failed) => {
    const made = document.createElement('script');
    made.src = address;
    made.addEventListener('load', done);
    made.addEventListener('error', () => failed(new Error(made.src)));
    document.head.append(made);
  });
}

// Claims weigh more than names, so they come when somebody begins to search.
let claims;
function all() {
  claims ??= script(config.claims).then(take, () => { status.textContent = words.failed; });
  return claims;
}

function entry(address) {
  const [, label, spoken, names] = things.get(address);
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = address.split('/').map(encodeURIComponent).join('/');
  link.textContent = label;
  if (spoken && spoken !== language) link.lang = spoken;
  const about = document.createElement('span');
  about.className = 'src';
  about.textContent = ` ${[words.kinds[kind(address)], names].filter(Boolean).join(' · ')}`;
  item.append(link, about);
  return item;
}

// The two spellings of a word are one word: either will do.
function asked(text, combineWith) {
  const queries = MiniSearch.getDefault('tokenize')(text).map((word) => ({ combineWith: 'OR', queries: [word] }));
  return { combineWith, queries };
}

async function find() {
  const text = box.value.trim();
  history.replaceState(null, '', text ? `#q=${encodeURIComponent(text)}` : location.pathname);
  if (!text) {
    list.replaceChildren();
    status.textContent = '';
    return;
  }
  await all();
  if (box.value.trim() !== text) return; // somebody has typed on
  // Everything that has all words; if nothing has, what has most of them.
  const strict = index.search(asked(text, 'AND'));
  const found = strict.length ? strict : index.search(asked(text, 'OR'));
  list.replaceChildren(...found.slice(0, SHOWN).map(({ id }) => entry(id)));
  const number = (value) => value.toLocaleString(language);
  status.textContent = [
    `${words.found}${words.colon}${number(found.length)}`,
    ...(found.length && !strict.length ? [words.some] : []),
    ...(found.length > SHOWN ? [`${words.first}${words.colon}${SHOWN}`] : []),
  ].join(' · ');
}

function fromAddress() {
  const asked = /^#q=(.*)/s.exec(location.hash);
  if (!asked) return;
  try {
    box.value = decodeURIComponent(asked[1]);
  } catch {
    return;
  }
  find();
}

take();
form.addEventListener('submit', (event) => { event.preventDefault(); find(); });
box.addEventListener('input', find);
addEventListener('hashchange', fromAddress);
form.hidden = false;
fromAddress();
