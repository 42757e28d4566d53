// The official Node SDK as a command, for the tests and for people.
//
//   node sdk.mjs create [JSON]        creates a session; JSON is merged over the default payload
//   node sdk.mjs result SESSION       prints the result, with a digest of every media content
//   node sdk.mjs configuration SESSION
//   node sdk.mjs documents            prints how many countries are supported
//   node sdk.mjs face SESSION FILE    supplies the reference face of the session
//   node sdk.mjs devices SESSION      prints what devices were seen, then forgets them
//   node sdk.mjs forget SESSION       deletes media contents, then the session
//
// The service, the SDK id and the key file come from YOTI_IDV_API_URL,
// YOTI_CLIENT_SDK_ID and YOTI_KEY_FILE_PATH, or from --url, --sdk-id and --key.
// Prints one JSON object.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, 'sdk-id': { type: 'string' }, key: { type: 'string' } },
});
const [command, ...words] = positionals;
const url = flags.url ?? process.env.YOTI_IDV_API_URL;
const sdkId = flags['sdk-id'] ?? process.env.YOTI_CLIENT_SDK_ID;
const keyFile = flags.key ?? process.env.YOTI_KEY_FILE_PATH;

// The SDK reads its address when it is loaded.
if (url) process.env.YOTI_IDV_API_URL = url;
const yoti = (await import('yoti')).default;

const commands = { create, result, configuration, documents, face, devices, forget };

function createSpecification(overrides) {
  const {
    IDVConstants: constants,
    NotificationConfigBuilder,
    RequestedDocumentAuthenticityCheckBuilder,
    RequestedTextExtractionTaskBuilder,
    RequiredIdDocumentBuilder,
    SdkConfigBuilder,
    SessionSpecificationBuilder,
  } = yoti;
  const specification = new SessionSpecificationBuilder()
    .withClientSessionTokenTtl(900)
    .withResourcesTtl(90000)
    .withUserTrackingId('node-sdk-test')
    .withNotifications(
      new NotificationConfigBuilder()
        .withEndpoint('https://example.com/notifications')
        .forSessionCompletion()
        .withTopic('client_session_token_deleted')
        .build(),
    )
    .withRequestedCheck(
      new RequestedDocumentAuthenticityCheckBuilder().withManualCheckNever().build(),
    )
    .withRequestedTask(
      new RequestedTextExtractionTaskBuilder().withManualCheckNever().build(),
    )
    .withRequiredDocument(new RequiredIdDocumentBuilder().build())
    .withSdkConfig(
      new SdkConfigBuilder()
        .withAllowsCameraAndUpload()
        .withPrimaryColour('#2d9fff')
        .withLocale('en-GB')
        .withIdDocumentTextExtractionGenericRetries(3)
        .build(),
    )
    .build();
  if (constants === undefined) throw new Error('the SDK has changed: IDVConstants is missing');
  // The SDK serialises with toJSON; overrides reach what it has no builder for.
  const payload = { ...JSON.parse(JSON.stringify(specification)), ...overrides };
  specification.toJSON = () => payload;
  return specification;
}

async function create(client, json = '{}') {
  const session = await client.createSession(createSpecification(JSON.parse(json)));
  const id = session.getSessionId();
  const token = session.getClientSessionToken();
  const link = `${url}/web/index.html?sessionID=${id}&sessionToken=${token}`;
  return { id, token, ttl: session.getClientSessionTokenTtl(), link };
}

async function result(client, id) {
  const session = await client.getSession(id);
  const documents = [];
  for (const document of session.getResources().getIdDocuments()) {
    const pages = [];
    for (const page of document.getPages()) {
      pages.push({ method: page.getCaptureMethod(), ...await media(client, id, page.getMedia()) });
    }
    const fields = document.getDocumentFields()?.getMedia();
    documents.push({
      id: document.getId(),
      type: document.getDocumentType(),
      country: document.getIssuingCountry(),
      pages,
      fields: fields ? await media(client, id, fields) : null,
      tasks: document.getTextExtractionTasks().map((task) => ({
        state: task.getState(),
        checks: task.getGeneratedTextDataChecks().map((check) => check.getId()),
      })),
    });
  }
  return {
    state: session.getState(),
    token: session.getClientSessionToken() ?? null,
    tracking: session.getUserTrackingId() ?? null,
    documents,
    faces: session.getResources().getFaceCaptureResources().length,
    checks: session.getChecks().map((check) => ({
      type: check.getType(),
      state: check.getState(),
      recommendation: check.getReport()?.getRecommendation()?.getValue() ?? null,
    })),
  };
}

async function media(client, sessionId, reference) {
  const content = await client.getMediaContent(sessionId, reference.getId());
  if (content === null) return { id: reference.getId(), bytes: null };
  const bytes = content.getContent();
  return {
    id: reference.getId(),
    contentType: content.getMimeType(),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

async function configuration(client, id) {
  const found = await client.getSessionConfiguration(id);
  return {
    id: found.getSessionId(),
    checks: found.getRequestedChecks(),
    consent: found.getCapture().biometricConsent,
    resources: found.getCapture().getRequiredResources().map((resource) => ({
      id: resource.getId(),
      type: resource.getType(),
      state: resource.getState(),
      byBusiness: resource.isRelyingBusinessAllowed(),
      countries: resource.getSupportedCountries?.().length,
      attempts: resource.getAttemptsRemaining?.(),
    })),
  };
}

async function devices(client, id) {
  const seen = (await client.getSessionTrackedDevices(id)).getDeviceEvents();
  await client.deleteSessionTrackedDevices(id);
  const left = (await client.getSessionTrackedDevices(id)).getDeviceEvents();
  return {
    events: seen.map((item) => item.getEvent()),
    addresses: [...new Set(seen.map((item) => item.getDevice().getIpAddress()))],
    left: left.length,
  };
}

async function documents(client) {
  const count = async (includeNonLatin) =>
    (await client.getSupportedDocuments(includeNonLatin)).getSupportedCountries()
      .reduce((sum, country) => sum + country.getSupportedDocuments().length, 0);
  return { latin: await count(false), all: await count(true) };
}

async function face(client, id, file) {
  const { CreateFaceCaptureResourcePayloadBuilder, UploadFaceCaptureImagePayloadBuilder } = yoti;
  const found = await client.getSessionConfiguration(id);
  const requirement = found.getCapture().getFaceCaptureResourceRequirements()
    .find((resource) => resource.isRelyingBusinessAllowed());
  const resource = await client.createFaceCaptureResource(
    id,
    new CreateFaceCaptureResourcePayloadBuilder().withRequirementId(requirement.getId()).build(),
  );
  await client.uploadFaceCaptureImage(
    id,
    resource.getId(),
    new UploadFaceCaptureImagePayloadBuilder()
      .forJpegImage()
      .withImageContents(readFileSync(file))
      .build(),
  );
  return { id: resource.getId() };
}

async function forget(client, id) {
  const session = await client.getSession(id);
  for (const document of session.getResources().getIdDocuments()) {
    for (const page of document.getPages()) {
      await client.deleteMediaContent(id, page.getMedia().getId());
      if (await client.getMediaContent(id, page.getMedia().getId()) !== null) {
        throw new Error('deleted media still has content');
      }
    }
  }
  await client.deleteSession(id);
  return { forgotten: id };
}

if (!(command in commands) || !url || !sdkId || !keyFile) {
  console.error('usage: see the head of sdk.mjs');
  process.exit(2);
}
// The SDK prints its failures to standard output, which is for our JSON.
console.log = console.error;
try {
  const client = new yoti.IDVClient(sdkId, readFileSync(keyFile));
  process.stdout.write(`${JSON.stringify(await commands[command](client, ...words))}\n`);
} catch (error) {
  console.error(`${error.getResponseStatusCode?.() ?? ''} ${error.message}`.trim());
  process.exit(1);
}
