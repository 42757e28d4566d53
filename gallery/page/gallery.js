// The overview: each screen in a frame of its own, in the chosen language,
// scheme, size and colour. What is chosen stays in the address.

const form = document.querySelector("form");
const main = document.querySelector("main");

const { entries, locales } = window.vestibuleGallery;
for (const [tag, name] of locales) form.locale.append(new Option(name, tag));

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  if (form.elements[name]) form.elements[name].value = value;
}

const frames = entries.map((entry) => {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = entry;
  const frame = document.createElement("iframe");
  frame.title = entry;
  frame.loading = "lazy";
  figure.append(caption, frame);
  main.append(figure);
  return { entry, figure, frame };
});

const show = () => {
  const { locale, scheme, size, primary_colour, find } = Object.fromEntries(new FormData(form));
  const [width, height] = size.split("x");
  for (const { entry, figure, frame } of frames) {
    figure.hidden = !entry.includes(find.trim().toLowerCase());
    frame.width = width;
    frame.height = height;
    const wanted = new URLSearchParams({ screen: entry, locale, scheme, primary_colour });
    const address = `screen.html#${wanted}`;
    // Only the part behind # changes, so a frame that is there stays there.
    if (frame.contentWindow && frame.src) frame.contentWindow.location.replace(address);
    else frame.src = address;
  }
  history.replaceState(null, "", `#${new URLSearchParams({ locale, scheme, size, primary_colour, find })}`);
};

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
