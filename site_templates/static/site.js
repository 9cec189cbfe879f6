// Enhancement only: every page is complete without this file.
(() => {
  const chart = document.querySelector('.tl');
  if (!chart || !chart.querySelector('table')) return;
  const scroll = chart.querySelector('.tl-scroll');
  const table = chart.querySelector('table');
  const lanes = [...chart.querySelectorAll('.lane')];
  const info = chart.querySelector('.tl-info');

  // Controls that need script are made here, so that no dead one shows without it.
  const control = (word, attributes) => {
    const label = document.createElement('label');
    const input = Object.assign(document.createElement('input'), attributes);
    label.append(word + ' ', input);
    chart.querySelector('.tl-ctl').append(label);
    return input;
  };
  const find = control(chart.dataset.find, {type: 'search', size: 12});
  const zoom = control(chart.dataset.zoom, {type: 'range', min: 1, max: 12, step: 0.5, value: 1});

  // What is chosen stands in the address, so that a link shows it to others; in the fragment, which no server sees.
  const boxes = [...chart.querySelectorAll('.tl-ctl input[type=checkbox]')];
  const usual = boxes.map((box) => box.defaultChecked);
  let open = '';
  const keep = () => {
    const state = new URLSearchParams();
    if (find.value.trim()) state.set('find', find.value.trim());
    if (zoom.value > 1) state.set('zoom', zoom.value);
    boxes.forEach((box, i) => box.checked !== usual[i] && state.append(box.checked ? 'only' : 'without', box.id.slice(2)));
    if (open) state.set('open', open);
    const here = location.href.split('#')[0];
    if (state.size || location.hash.includes('=')) history.replaceState(null, '', state.size ? `${here}#${state}` : here);
  };

  const filter = () => {
    const words = find.value.trim().toLocaleLowerCase();
    for (const lane of lanes) lane.hidden = words !== '' && !lane.textContent.toLocaleLowerCase().includes(words);
    for (const group of table.tBodies) group.hidden = !group.querySelector('.lane:not([hidden])');
  };
  const stretch = () => {
    const room = table.scrollWidth - scroll.clientWidth;
    const at = room > 0 ? scroll.scrollLeft / room : 1;
    scroll.classList.toggle('z', zoom.value > 1);
    table.style.width = zoom.value * 100 + '%';
    scroll.scrollLeft = (table.scrollWidth - scroll.clientWidth) * at;
  };
  const change = (apply) => () => { apply(); keep(); };
  find.addEventListener('input', change(filter));
  zoom.addEventListener('input', change(stretch));
  for (const box of boxes) box.addEventListener('change', keep);

  // Touch and keyboard get what a title gives the mouse.
  const show = (bar) => {
    const part = (tag, text) => Object.assign(document.createElement(tag), {textContent: text});
    const [name, ...told] = bar.querySelector('title').textContent.split(' · ');
    const link = Object.assign(part('a', chart.dataset.open), {href: bar.getAttribute('href')});
    const list = document.createElement('ul');
    list.append(...told.map((one) => part('li', one)));
    info.replaceChildren(part('b', name), list, link);
    info.hidden = false;
    for (const one of chart.querySelectorAll('a.ev[aria-current]')) one.removeAttribute('aria-current');
    bar.setAttribute('aria-current', 'true');
    open = id(bar);
    keep();
  };
  const id = (bar) => bar.getAttribute('href').split('/').pop().replace(/\.html$/, '');
  const bar = (event) => event.target.closest && event.target.closest('a.ev');
  chart.addEventListener('focusin', (event) => bar(event) && show(bar(event)));
  chart.addEventListener('click', (event) => {
    const hit = bar(event);
    if (hit && matchMedia('(hover: none)').matches && chart.dataset.last !== hit.getAttribute('href')) {
      event.preventDefault();
      chart.dataset.last = hit.getAttribute('href');
      show(hit);
    }
  });

  const restore = () => {
    if (!location.hash.includes('=')) return;
    const state = new URLSearchParams(location.hash.slice(1));
    find.value = state.get('find') || '';
    zoom.value = state.get('zoom') || 1;
    const turned = [...state.getAll('only'), ...state.getAll('without')];
    boxes.forEach((box, i) => { box.checked = usual[i] !== turned.includes(box.id.slice(2)); });
    chart.querySelector('.tl-d').open = state.has('find') || state.has('zoom') || turned.length > 0;
    filter();
    stretch();
    const bar = [...chart.querySelectorAll('a.ev')].find((one) => id(one) === state.get('open'));
    if (bar) show(bar);
  };

  // One tab stop for the chart, arrows inside it.
  const bars = () => [...chart.querySelectorAll('a.ev')].filter((one) => !one.checkVisibility || one.checkVisibility());
  bars().forEach((one, place) => one.setAttribute('tabindex', place ? -1 : 0));
  chart.addEventListener('keydown', (event) => {
    const here = bar(event);
    if (!here) return;
    const all = bars();
    const beyond = (step) => {
      let place = all.indexOf(here);
      while (all[place] && all[place].closest('.lane') === here.closest('.lane')) place += step;
      return all[place];
    };
    const next = {
      ArrowRight: () => all[all.indexOf(here) + 1],
      ArrowLeft: () => all[all.indexOf(here) - 1],
      ArrowDown: () => beyond(1),
      ArrowUp: () => beyond(-1),
      Home: () => all[0],
      End: () => all.at(-1),
    }[event.key];
    const to = next && next();
    if (!to) return;
    event.preventDefault();
    here.setAttribute('tabindex', -1);
    to.setAttribute('tabindex', 0);
    to.focus();
  });
  addEventListener('hashchange', restore);
  restore();
})();
