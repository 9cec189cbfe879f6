// Answers as a table and as CSV. Whatever the data say becomes text, never markup, a formula or a script.
const SHOWN = 500;
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const MIDNIGHT = /T00:00:00Z$/;
const DAY_TYPE = 'http://www.w3.org/2001/XMLSchema#dateTime';

export class Results {
  // names: prefixes and their namespaces; pages: [namespace, address] of things that have a page of their own
  constructor(names, pages) {
    // The longest namespace that fits, as everywhere.
    this.names = Object.entries(names).sort(([, one], [, other]) => other.length - one.length);
    this.pages = pages;
  }

  // The id of a thing, the word of a concept, a day, a text: as `censorkb query` writes it.
  text(term) {
    if (!term) return '';
    if (term.type === 'uri') {
      const found = this.names.find(([, space]) => term.value.startsWith(space));
      return found ? term.value.slice(found[1].length) : term.value;
    }
    return term.datatype === DAY_TYPE ? term.value.replace(MIDNIGHT, '') : term.value;
  }

  csv({ columns, rows }) {
    const cell = (text) => {
      const safe = (FORMULA.test(text) ? `'${text}` : text).replace(/\r\n?/g, '\n');
      return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const lines = rows.map((row) => columns.map((column) => this.text(row[column])));
    return [columns, ...lines].map((line) => `${line.map(cell).join(',')}\n`).join('');
  }

  // The first rows as a table. kinds: where the pages of things are that share a namespace, by thing.
  table({ columns, rows }, kinds) {
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    for (const column of columns) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = column;
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of rows.slice(0, SHOWN)) {
      const line = body.insertRow();
      for (const column of columns) this.#fill(line.insertCell(), row[column], kinds);
    }
    return table;
  }

  #fill(cell, term, kinds) {
    if (!term) return;
    const text = this.text(term);
    const address = term.type === 'uri' ? this.address(term.value, kinds) : '';
    const inner = document.createElement(address ? 'a' : 'bdi');
    inner.textContent = text;
    if (term.datatype === DAY_TYPE) cell.className = 'nowrap';
    if (address) inner.href = address;
    if (/^https?:/.test(address)) inner.rel = 'noopener noreferrer external';
    if (term['xml:lang']) inner.lang = term['xml:lang'];
    cell.append(inner);
  }

  // The page of a thing; the address itself of what is elsewhere on the web.
  address(iri, kinds) {
    const space = this.pages.find(([start]) => iri.startsWith(start) && !iri.includes('#'));
    const page = kinds.get(iri) ?? space?.[1];
    if (page) return page.replace('{id}', encodeURIComponent(this.text({ type: 'uri', value: iri })));
    const ours = this.names.some(([, start]) => iri.startsWith(start));
    return !ours && /^https?:/.test(iri) ? iri : '';
  }

  static get shown() { return SHOWN; }
}
