import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

// Of 127.0.0.1, for tests alone: the key is no secret.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgp5diskyfPno/koeF
wR/LM9Jctl2nT26oFWS/O497DnOhRANCAASaWMtnrK7MlGWa82hzvgFwNvKBrbZ6
hJc8Br67cXjezYWOX1hNXyaXyuoQ1IC6xfiFWmKC2l9OI3Wsuf3GWpK1
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUOgAwIBAgIUZixqpgaeJnqIYYPMgtS/3xSjnG4wCgYIKoZIzj0EAwIw
JzElMCMGA1UEAwwcRGF0YUhhcm1vbml6ZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjEx
MjYyMTMwMTNaGA8yMTI2MTEwMjIxMzAxM1owFDESMBAGA1UEAwwJMTI3LjAuMC4x
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmljLZ6yuzJRlmvNoc74BcDbyga22
eoSXPAa+u3F43s2Fjl9YTV8ml8rqENSAusX4hVpigtpfTiN1rLn9xlqStaNeMFww
GgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MB0GA1UdDgQWBBSWv50uFWqibEzZ
EXoqUgi/3oMtRDAfBgNVHSMEGDAWgBRE3eu1G3SmABFitylCKY7xffAl7jAKBggq
hkjOPQQDAgNHADBEAiBAIRXZngF6RjLI/8rCwNZKpVZXFsl6wRWjGmNLyB4dbwIg
S8lXTE/pf3dCvuooVayQJ5rRjIVRhZcPndyyufcpr6w=
-----END CERTIFICATE-----`;

/** The authority that has signed the stand-in's certificate. */
export const TEST_AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBpDCCAUugAwIBAgIUVIaJzJlSlpRkOCoxxsPgaWNxM4QwCgYIKoZIzj0EAwIw
JzElMCMGA1UEAwwcRGF0YUhhcm1vbml6ZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjEx
MjYyMTMwMTNaGA8yMTI2MTEwMjIxMzAxM1owJzElMCMGA1UEAwwcRGF0YUhhcm1v
bml6ZSB0ZXN0IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCse
gxompBEfUMPN9Qfx+8ow8HwE48S3+66Zklvf6t0xX512lh8qYgiedblH1xj3PS6V
N4Uws6q9lD3Vt2QzK8KjUzBRMB0GA1UdDgQWBBRE3eu1G3SmABFitylCKY7xffAl
7jAfBgNVHSMEGDAWgBRE3eu1G3SmABFitylCKY7xffAl7jAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIH+5FRo4DPmMiCPqOzmQZAYVjBLJspt4W0Tb
LNsUF/rFAiAUyrrZjda6E3O9gOaQ6YV080wT7H4zrnC2ZLyMjtyY3w==
-----END CERTIFICATE-----`;

/** A server that speaks TLS, on 127.0.0.1, until the test has finished; answers its address. */
export async function startTlsStandIn(answer: RequestListener): Promise<string> {
  const server = createServer({ key: KEY, cert: CERTIFICATE }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
