// Enhancement only: a date box that leads to the rows of a day, on this page or on another of the same country.
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

    const has = (one, day) => one.dataset.from <= day && day <= one.dataset.to;
    const same = root.querySelector('.same');
    const show = (day) => {
      for (const row of rows) row.hidden = day !== '' && !has(row, day);
      for (const group of root.querySelectorAll('tbody')) group.hidden = !group.querySelector('tr[data-from]:not([hidden])');
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
    all.addEventListener('click', () => { box.value = ''; go(''); });
    addEventListener('hashchange', read);
    read();
  }
})();
