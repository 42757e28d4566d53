// What a business's page does: listens to the client, and launches it by
// message when its address names no session. Only messages of the client's own
// window and origin count.
const frame = document.getElementById('client');
const log = document.getElementById('log');
const { origin, session, token } = frame.dataset;

addEventListener('message', (event) => {
  if (event.origin !== origin || event.source !== frame.contentWindow) return;
  const { eventType, eventCode } = event.data ?? {};
  note(`${eventType}${eventCode === undefined ? '' : ` ${eventCode}`}`);
  if (eventType === 'STARTED' && session) {
    const message = { eventType: 'INIT_SESSION', sessionID: session, sessionToken: token };
    frame.contentWindow.postMessage(message, origin);
    note('INIT_SESSION sent');
  }
});

function note(text) {
  const item = document.createElement('li');
  item.textContent = text;
  log.append(item);
}
