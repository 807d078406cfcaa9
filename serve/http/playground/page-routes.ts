import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { renderPlayground } from '../../../web/playground/render-playground.js';
import { playgroundStyle } from '../../../web/playground/style.js';
import { readClientScript } from './client-script.js';

/** The page, its script and its style. They hold nothing of a database or a model, so they ask for no key. */
export async function addPageRoutes(server: FastifyInstance): Promise<void> {
  const assets = [
    { name: 'client.js', type: 'text/javascript', text: await readClientScript() },
    { name: 'style.css', type: 'text/css', text: playgroundStyle },
  ] as const;
  const addresses = assets.map(({ name, type, text }) => {
    // The address changes with the content, so that browsers may keep it for ever.
    const address = `/playground/${createHash('sha256').update(text).digest('hex').slice(0, 12)}/${name}`;
    server.get(address, { config: { open: true } }, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('x-content-type-options', 'nosniff')
        .type(`${type}; charset=utf-8`)
        .send(text),
    );
    return address;
  });
  const [script, style] = addresses as [string, string];
  server.get('/', { config: { open: true } }, (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .headers({ ...pageHeaders, 'content-security-policy': contentSecurityPolicy(nonce) })
      .type('text/html; charset=utf-8')
      .send(renderPlayground({ nonce, script, style }));
  });
}

const pageHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Nothing from elsewhere, no inline script, no frame around it; inline style by the editor alone, which knows the nonce. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
