/**
 * Headers of every answer of a shell, error or not. The window may load from its own origin only; `connect` adds
 * sources it may talk to. Scripts and styles made by scripts need the nonce, which each HTML answer has anew.
 */
export function securityHeaders({ nonce, connect = [] }: { nonce?: string; connect?: string[] }) {
  return {
    'content-security-policy': [
      "default-src 'none'",
      // DuckDB is WebAssembly.
      "script-src 'self' 'wasm-unsafe-eval'",
      ["style-src 'self'", ...(nonce ? [`'nonce-${nonce}'`] : [])].join(' '),
      "worker-src 'self'",
      ["connect-src 'self'", ...connect].join(' '),
      "img-src 'self' data:",
      "font-src 'self' data:",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
