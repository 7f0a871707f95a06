// What a page needs before and beside its circuit: start, the colour skin, Ctrl-K, and the quiet word when push is lost.
const modal = () => document.getElementById('components-reconnect-modal');

window.qingyuan = {
  skin(name) {
    document.documentElement.dataset.theme = name;
    document.cookie = `qingyuan-skin=${name}; path=/; max-age=31536000; samesite=lax`;
    window.dispatchEvent(new CustomEvent('qingyuan-skin'));
  },
  // starting: the page has been there for a while, and may have been typed into.
  focusHeading(starting) {
    window.circuit = true; // from here on the page is the live one
    const heading = document.querySelector('h1');
    if (!heading || (starting && document.activeElement?.matches('input, select, textarea'))) return;
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    heading.focus();
  },
  download(name, type, base64) {
    const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  },
};

document.addEventListener('keydown', e => {
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
    const box = document.querySelector('.search input');
    if (box) { e.preventDefault(); box.focus(); box.select(); }
  }
});

document.addEventListener('click', e => { if (e.target.closest?.('[data-reload]')) location.reload(); });

// What a person is in the middle of: a dialog, or a field that holds what was typed.
const busy = () => document.querySelector('.mud-dialog') !== null
  || [...document.querySelectorAll('main form input, main form textarea')].some(field => field.value !== field.defaultValue);

modal()?.addEventListener('components-reconnect-state-changed', e => {
  document.documentElement.dataset.push = e.detail.state === 'hide' ? 'live' : 'lost';
  // The platform is back but started anew, so this circuit is gone. A wall display must come back by itself; typed text must not vanish.
  if (e.detail.state === 'rejected' && !busy()) { location.reload(); return; }
  if (e.detail.state !== 'show') return;
  const asOf = document.querySelector('[data-live]')?.dataset.live;
  modal().querySelectorAll('[data-as-of]').forEach(at => { at.textContent = asOf ?? '--:--:--'; });
});

Blazor.start({
  circuit: { reconnectionOptions: { maxRetries: 100, retryIntervalMilliseconds: n => (n < 5 ? 1000 : n < 100 ? 5000 : null) } },
});
