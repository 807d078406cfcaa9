import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The page's script as one file: the build writes it, a program that runs from its sources makes it when it is asked for.
 * @param {string} root the folder of package.json
 * @returns {Promise<string>}
 */
export async function bundleClient(root) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['web/playground/client/main.ts'],
    ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2022', legalComments: 'eof' },
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

// A step of the build: `node web/playground/bundle-client.mjs <file>`, in the folder of package.json.
if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(process.argv[2], await bundleClient(process.cwd()));
