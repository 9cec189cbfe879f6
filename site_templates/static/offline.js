// Reading offline, for those who ask for it: two buttons on the page of downloads.
(() => {
  const part = document.querySelector('#offline');
  if (!part) return;
  const [keep, drop] = part.querySelectorAll('button');
  const told = part.querySelector('output');
  const root = part.dataset.root;
  const tell = (word) => { told.textContent = word ? part.dataset[word] : ''; };
  part.querySelector('.controls').hidden = false;
  // Browsers that know service workers have none for a page from the disk, and complain when they are asked.
  if (!location.protocol.startsWith('http') || !('serviceWorker' in navigator) || !window.caches) {
    keep.disabled = drop.disabled = true;
    tell('failed');
    return;
  }
  const found = () => navigator.serviceWorker.getRegistration(root);
  const show = async () => {
    const on = Boolean(await found());
    keep.disabled = on;
    drop.disabled = !on;
    tell(on ? 'kept' : '');
  };
  keep.addEventListener('click', async () => {
    try {
      await navigator.serviceWorker.register(root + 'sw.js', {scope: root});
      await navigator.serviceWorker.ready;
      const link = Object.assign(document.createElement('link'), {rel: 'manifest', href: root + 'manifest.webmanifest'});
      document.head.append(link);
      await show();
    } catch {
      tell('failed');
    }
  });
  drop.addEventListener('click', async () => {
    const registration = await found();
    if (registration) await registration.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    await show();
  });
  show();
})();
