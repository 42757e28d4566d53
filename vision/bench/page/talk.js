// What the page says to the program that opened it.

export const post = (path, body) => fetch(path, { method: "POST", body });

let lately = Promise.resolve();

// A line for the terminal; in order, without being waited for.
export const say = (text) => {
  document.getElementById("said").textContent = text;
  lately = lately.then(() => post("/say", text)).catch(() => {});
};

// From here on, what is fetched counts as the download of this contestant.
export const fetchedBy = (contestant) => post("/mark", contestant);
