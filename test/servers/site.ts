import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A web site on loopback whose paths a test fills, and a log of what it was asked. */
export interface Site {
  origin: string;
  pages: Map<string, Handler | string>;
  log: { path: string; status: number; agent: string; at: number }[];
  close(): Promise<void>;
}

/** Starts an empty site: every path answers 404 until `pages` has it. A string is served as HTML. */
export async function startSite(): Promise<Site> {
  const pages: Site['pages'] = new Map();
  const log: Site['log'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    response.on('close', () =>
      log.push({ path, status: response.statusCode, agent: request.headers['user-agent'] ?? '', at: Date.now() }),
    );
    const page = pages.get(path);
    if (typeof page === 'function') page(request, response);
    else if (page === undefined) response.writeHead(404).end('no such page');
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages,
    log,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A page that answers 304 to whoever names its current version. */
export function versioned(html: string, etag: string, type = 'text/html'): Handler {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, etag }).end(html);
  };
}
