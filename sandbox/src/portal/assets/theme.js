// Keeps the preview as the form says. What the form means is worked out by the
// server: the page is asked for again and what is new in it is taken over. The
// frames stay; only the part of their addresses behind # changes, and the
// screens in them listen.
const form = document.getElementById('theme');
const trouble = document.getElementById('trouble');
const live = [...document.querySelectorAll('[data-live]')];
const figures = [...document.querySelectorAll('.screen')];

// A colour that is being dragged changes many times a second.
const PAUSE_MS = 120;
let pause;
let asking;

// Not every browser tells of a choice from a list by `input`.
for (const name of ['input', 'change']) {
  form.addEventListener(name, (event) => {
    const { picks } = event.target.dataset;
    if (picks) form.elements[picks].value = event.target.value;
    clearTimeout(pause);
    pause = setTimeout(show, PAUSE_MS);
  });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  show();
});

for (const { frame } of figures.map(parts)) {
  frame.addEventListener('load', () => hideScrollbar(frame));
  hideScrollbar(frame);
}

async function show() {
  form.elements.scheme.disabled = ['ON', 'OFF'].includes(form.elements.dark_mode.value);
  const chosen = [...new FormData(form)].filter(([, value]) => value.trim());
  const address = `${form.getAttribute('action')}?${new URLSearchParams(chosen)}`;
  history.replaceState(null, '', address);
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    takeOver(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    trouble.textContent = '';
  } catch (error) {
    if (error.name === 'AbortError') return;
    trouble.textContent = 'The sandbox does not answer. Is it still running?';
  }
}

function takeOver(page) {
  const freshFigures = [...page.querySelectorAll('.screen')];
  // Another gallery than before, or the first.
  if (freshFigures.length !== figures.length) return location.reload();
  for (const part of live) {
    const fresh = page.getElementById(part.id);
    for (const { name, value } of fresh.attributes) part.setAttribute(name, value);
    if (part.type === 'color') part.value = fresh.value;
    else if (part.id !== 'frames' && part.innerHTML !== fresh.innerHTML) {
      part.replaceChildren(...fresh.childNodes);
    }
  }
  figures.forEach((figure, index) => {
    const fresh = freshFigures[index];
    const { frame, link } = parts(figure);
    const address = parts(fresh).link.getAttribute('href');
    figure.hidden = fresh.hidden;
    link.href = address;
    // One that was never near enough to be loaded stays so.
    if (frame.contentDocument?.URL === 'about:blank') frame.src = address;
    else frame.contentWindow.location.replace(address);
  });
}

function parts(figure) {
  return { frame: figure.querySelector('iframe'), link: figure.querySelector('a') };
}

// A phone has none that takes room.
function hideScrollbar(frame) {
  const root = frame.contentDocument?.documentElement;
  if (root) root.style.scrollbarWidth = 'none';
}
