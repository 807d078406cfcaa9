import { inject } from 'vitest';

// Commands and worker processes that tests start find the shared stack as a user's do: by DIALECTIC_HOME.
process.env.DIALECTIC_HOME = inject('dialecticHome');
for (const name of ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'DATABASE_URL', 'S3_ENDPOINT', 'S3_BUCKET'])
  delete process.env[name];
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
