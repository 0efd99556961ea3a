// Signs credentials with the packages of Digital Bazaar.
// In, on standard input: {key: {id, controller, publicKeyMultibase, secretKeyMultibase}, date, credentials}.
// Out: the signed credentials, in the same order.
import {readFileSync} from 'node:fs';
import {loaderOf} from './known.mjs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {issue} from '@digitalbazaar/vc';

const {key, date, credentials} = JSON.parse(readFileSync(0, 'utf8'));
const pair = await Ed25519Multikey.from({
  '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', ...key,
});
const made = [];
for (const credential of credentials) {
  const suite = new DataIntegrityProof({signer: pair.signer(), date, cryptosuite});
  made.push(await issue({credential, suite, documentLoader: loaderOf()}));
}
process.stdout.write(JSON.stringify(made));
