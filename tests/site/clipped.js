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

  // Text, by where each of its lines is drawn.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || element.closest('title, script, pre') || !element.checkVisibility() || hidden(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    let scroller = null;
    for (let above = element; above && above !== document.body; above = above.parentElement) {
      if (scrolls(above)) { scroller = above; break; }
      if (['hidden', 'clip'].includes(style(above).overflowX) && !(above instanceof SVGElement)) {
        const edge = above.getBoundingClientRect();
        if (boxes.some((box) => box.left < edge.left - slack || box.right > edge.right + slack || box.bottom > edge.bottom + slack))
          fault('cut off by ' + above.localName + '.' + above.className, element);
      }
    }
    if (!scroller && boxes.some((box) => box.left < -slack || box.right > width + slack)) fault('beyond the window', element);
    const place = element.closest('th, td, dt, dd, li, figcaption, text, .badge, .flag') || element;
    for (const box of boxes) lines.push({box, place, element});
  }

  // Boxes that are too small for what is in them; what scrolls must be reachable by keyboard.
  for (const element of document.querySelectorAll('main *, header *, footer *')) {
    if (element instanceof SVGElement || !element.clientWidth || hidden(element) || element.matches('.t, .t *, .chain > li')) continue; // drawings; arrows between steps
    if (element.scrollWidth <= element.clientWidth + slack) continue;
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
