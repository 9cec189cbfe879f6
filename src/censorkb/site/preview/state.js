dispatchEvent(new CustomEvent('censorkb-preview', {detail: '{{ state }}'}));
