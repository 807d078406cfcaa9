import { writeFileSync } from 'node:fs';
import { bundlePath, bundleWorkflows } from './bundle.js';

/** The build's last step: `node dist/workers/build-bundle.js`. */
const { code } = await bundleWorkflows();
writeFileSync(bundlePath, code);
