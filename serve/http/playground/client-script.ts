import { readFile } from 'node:fs/promises';
import { projectRoot } from '../../../schema/home.js';

/** The page's script: what the build left, or one made now where the program runs from its sources. */
export async function readClientScript(): Promise<string> {
  if (import.meta.url.endsWith('.js')) {
    return readFile(new URL('../../../web/playground/client.js', import.meta.url), 'utf8');
  }
  const bundler = new URL('../../../web/playground/bundle-client.mjs', import.meta.url);
  const { bundleClient } = (await import(bundler.href)) as { bundleClient(root: string): Promise<string> };
  return bundleClient(projectRoot());
}
