// Loads the page anew when it, or what stands in its way, has changed. It asks by a script, since the policy of a page lets
// it load scripts of its own site and nothing else.
(() => {
  const {pathname, searchParams} = new URL(document.currentScript.src);
  const ask = pathname.replace('live.js', 'state.js') + '?of=' + encodeURIComponent(decodeURI(location.pathname)) + '&at=';
  addEventListener('censorkb-preview', (event) => {
    if (event.detail !== searchParams.get('state')) location.reload();
  });
  const look = () => {
    if (document.hidden) return;
    const script = document.createElement('script');
    script.onload = script.onerror = () => script.remove(); // the server may be on its way back
    script.src = ask + Date.now();
    document.head.append(script);
  };
  setInterval(look, 1000);
  document.addEventListener('visibilitychange', look);
})();
