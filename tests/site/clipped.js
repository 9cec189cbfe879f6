// What of a page is cut off, pushed out or written over at the present width of the window, in words for a person.
() => {
  const faults = [];
  const slack = 1.5;
  const style = (element) => getComputedStyle(element);
  const named = (element) => {
    const path = [];
    for (let here = element; here && here !== document.body && path.length < 3; here = here.parentElement)
      path.unshift(here.localName + (here.classList.length ? '.' + [...here.classList].join('.') : ''));
    return path.join(' > ') + ': ' + element.textContent.trim().replace(/\s+/g, ' ').slice(0, 50);
  };
  const fault = (what, element) => faults.push(what + ' | ' + named(element));
  const scrolls = (element) => ['auto', 'scroll'].includes(style(element).overflowX);
  const hidden = (element) => element.closest('.vh, .skip, .defs, [hidden], thead:not(.tlt > thead)') !== null
    && (element.closest('.vh, .skip, .defs, [hidden]') !== null || style(element.closest('thead')).position === 'absolute');
  const width = document.documentElement.clientWidth;

  if (document.documentElement.scrollWidth > width) faults.push('the page is ' + document.documentElement.scrollWidth + ' wide');

  // What is around an element, asked of the browser once: whether it scrolls, and what cuts it off before that.
  const known = new Map();
  const around = (element) => {
    if (!element || element === document.body) return {scrolls: false, edges: []};
    if (!known.has(element)) {
      const above = around(element.parentElement);
      const {overflowX} = style(element);
      const cuts = ['hidden', 'clip'].includes(overflowX) && !(element instanceof SVGElement);
      known.set(element, ['auto', 'scroll'].includes(overflowX) ? {scrolls: true, edges: []}
        : cuts ? {scrolls: above.scrolls, edges: [...above.edges, element]} : above);
    }
    return known.get(element);
  };

  // Text, by where each of its lines is drawn.
  const lines = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || element.closest('title, script, pre') || !element.checkVisibility() || hidden(element)) continue;
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    const {scrolls: free, edges} = around(element);
    for (const cutter of edges) {
      const edge = cutter.getBoundingClientRect();
      if (boxes.some((box) => box.left < edge.left - slack || box.right > edge.right + slack || box.bottom > edge.bottom + slack))
        fault('cut off by ' + cutter.localName + '.' + cutter.className, element);
    }
    if (!free && boxes.some((box) => box.left < -slack || box.right > width + slack)) fault('beyond the window', element);
    const place = element.closest('th, td, dt, dd, li, figcaption, text, .badge, .flag') || element;
    for (const box of boxes) lines.push({box, place, element});
  }

  // Boxes that are too small for what is in them; what scrolls must be reachable by keyboard.
  for (const element of document.querySelectorAll('main *, header *, footer *')) {
    if (element instanceof SVGElement || element.scrollWidth <= element.clientWidth + slack || !element.clientWidth) continue;
    if (hidden(element) || element.matches('.t, .t *, .chain > li')) continue; // drawings; arrows between steps
    if (!scrolls(element)) fault('wider than its box by ' + (element.scrollWidth - element.clientWidth), element);
    else if (element.tabIndex < 0 && !element.querySelector('a, input, button')) fault('scrolls, but not by keyboard', element);
  }

  // Text over text: lines of different places that share ground.
  lines.sort((one, other) => one.box.top - other.box.top);
  lines.forEach((one, at) => {
    for (let next = at + 1; next < lines.length && lines[next].box.top < one.box.bottom - 4; next++) {
      const other = lines[next];
      const nested = one.place.contains(other.place) || other.place.contains(one.place);
      if (!nested && one.box.left < other.box.right - slack && other.box.left < one.box.right - slack
        && style(one.place).position !== 'sticky' && style(other.place).position !== 'sticky')
        fault('written over "' + other.element.textContent.trim().slice(0, 30) + '"', one.element);
    }
  });
  return [...new Set(faults)];
}
