// Puts the sandbox behind TLS, under the name of the example application's
// certificate: node tls.mjs PORT SANDBOX KEY CERTIFICATE
//
// The example finds its session by a cookie when the frame comes back to it.
// Browsers send that cookie only when the frame comes from the same site, scheme
// included, so the client has to be served from https://localhost as well.

import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';

const [port, sandbox, key, certificate] = process.argv.slice(2);
const { hostname, port: sandboxPort } = new URL(sandbox);

createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (asked, answer) => {
  const { method, url, headers } = asked;
  const passedOn = request({ hostname, port: sandboxPort, method, path: url, headers }, (answered) => {
    answer.writeHead(answered.statusCode, answered.headers);
    answered.pipe(answer);
  });
  passedOn.on('error', () => answer.destroy());
  answer.on('close', () => passedOn.destroy());
  asked.pipe(passedOn);
}).listen(Number(port), '127.0.0.1');
