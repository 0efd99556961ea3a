// Verifies credentials with the packages of Digital Bazaar, without a network.
// In, on standard input: a list of {credential, documents: {address: document}, now}. Out: a list of
// {verified, places, errors}, in the same order; places holds what stands in each status list.
import {readFileSync} from 'node:fs';
import {loaderOf} from './known.mjs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

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
