import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writePrivateJson } from './private-file.js';

/** Generated once for a home, kept in `credentials.json` (mode 600), never shown. */
export interface Credentials {
  /** PostgreSQL superuser, used by set-up alone. */
  postgresAdminPassword: string;
  postgresPassword: string;
  s3AccessKeyId: string;
  s3SecretAccessKey: string;
}

export function credentialsOf(state: string): Credentials {
  const file = join(state, 'credentials.json');
  const known = readJson<Credentials>(file);
  if (known) return known;
  const credentials: Credentials = {
    postgresAdminPassword: secret(24),
    postgresPassword: secret(24),
    s3AccessKeyId: secret(10).toUpperCase(),
    s3SecretAccessKey: secret(30),
  };
  writePrivateJson(file, credentials);
  return credentials;
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
