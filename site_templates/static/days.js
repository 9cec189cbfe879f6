// Enhancement only: a date box that leads to the rows of a day, on this page or on another of the same country, and a box
// that finds names where many are folded.
(() => {
  const years = [...document.querySelectorAll('.years a')];
  for (const root of document.querySelectorAll('.days')) {
    const rows = [...root.querySelectorAll('tr[data-from]')];
    const told = document.createElement('p');
    const label = document.createElement('label');
    const box = Object.assign(document.createElement('input'), {type: 'date', min: root.dataset.first, max: root.dataset.last});
    const all = Object.assign(document.createElement('button'), {type: 'button', textContent: root.dataset.all, hidden: true});
    const controls = document.createElement('p');
    controls.className = 'pick noprint';
    told.className = 'src';
    told.setAttribute('role', 'status');
    label.append(root.dataset.day + ' ', box);
    controls.append(label, ' ', all);
    root.prepend(controls, told);
    const parts = [...root.querySelectorAll('details')];
    const named = [...root.querySelectorAll('tbody, .names li')];
    const find = Object.assign(document.createElement('input'), {type: 'search', size: 12});
    if (root.dataset.find) {
      const wanted = document.createElement('label');
      wanted.append(root.dataset.find + ' ', find);
      controls.append(' ', wanted);
    }

    const has = (one, day) => one.dataset.from <= day && day <= one.dataset.to;
    const same = root.querySelector('.same');
    const show = (day) => {
      const words = find.value.trim().toLocaleLowerCase();
      for (const row of rows) row.hidden = day !== '' && !has(row, day);
      for (const one of named) {
        const name = one.querySelector('a').textContent.toLocaleLowerCase();
        one.hidden = !name.includes(words) || (one.tagName === 'TBODY' && !one.querySelector('tr[data-from]:not([hidden])'));
      }
      for (const part of parts) {
        part.hidden = !part.querySelector('tbody:not([hidden]), .names li:not([hidden])');
        part.open = words !== '' && !part.hidden;
      }
      all.hidden = day === '';
      const known = day === '' || (years.length ? years.some((year) => has(year, day)) : rows.some((row) => !row.hidden));
      if (same) same.hidden = !known;
      told.textContent = known ? '' : root.dataset.none;
    };
    const go = (day) => {
      const there = years.find((year) => has(year, day));
      if (there && !there.hasAttribute('aria-current')) {
        location.href = there.getAttribute('href') + '#' + day;
        return;
      }
      history.replaceState(null, '', day ? '#' + day : location.href.split('#')[0]);
      show(day);
    };
    const read = () => {
      const day = /^#\d{4}-\d\d-\d\d$/.test(location.hash) ? location.hash.slice(1) : '';
      box.value = day;
      show(day);
    };
    box.addEventListener('change', () => go(box.value));
    find.addEventListener('input', () => show(box.value));
    all.addEventListener('click', () => { box.value = ''; go(''); });
    addEventListener('hashchange', read);
    read();
  }
})();
