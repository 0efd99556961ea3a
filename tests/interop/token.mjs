// Checks JWTs with nothing but Node's own cryptography.
// In, on standard input: a list of {token, x}, x being the public key in base64url. Out: a list of truths.
import {createPublicKey, verify} from 'node:crypto';
import {readFileSync} from 'node:fs';

const answers = JSON.parse(readFileSync(0, 'utf8')).map(({token, x}) => {
  const [header, payload, signature] = token.split('.');
  const key = createPublicKey({key: {kty: 'OKP', crv: 'Ed25519', x}, format: 'jwk'});
  return verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
});
process.stdout.write(JSON.stringify(answers));
