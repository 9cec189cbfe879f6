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

  find.addEventListener('input', () => {
    const words = find.value.trim().toLocaleLowerCase();
    for (const lane of lanes) lane.hidden = words !== '' && !lane.textContent.toLocaleLowerCase().includes(words);
    for (const group of table.tBodies) group.hidden = !group.querySelector('.lane:not([hidden])');
  });
  zoom.addEventListener('input', () => {
    const room = table.scrollWidth - scroll.clientWidth;
    const at = room > 0 ? scroll.scrollLeft / room : 1;
    scroll.classList.toggle('z', zoom.value > 1);
    table.style.width = zoom.value * 100 + '%';
    scroll.scrollLeft = (table.scrollWidth - scroll.clientWidth) * at;
  });

  // Touch and keyboard get what a title gives the mouse.
  const show = (bar) => {
    const link = document.createElement('a');
    link.href = bar.getAttribute('href');
    link.textContent = chart.dataset.open;
    info.replaceChildren(bar.querySelector('title').textContent, ' ', link);
    info.hidden = false;
  };
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
})();
