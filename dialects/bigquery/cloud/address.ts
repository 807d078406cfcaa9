import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InvalidInputError } from '../../../core/errors.js';

/** Google BigQuery itself, as `bigquery://project/dataset?location=EU&maximumBytesBilled=1000000000` names it. */
export interface CloudAddress {
  project: string;
  dataset: string;
  /** Where the dataset lies; null leaves it to BigQuery. */
  location: string | null;
  /** Bytes that one query may be billed for; a query that would exceed it fails without cost. */
  maximumBytesBilled: number;
  /** The API of an emulator, which asks for no credentials; null is Google's. */
  emulator: string | null;
  /** File of the Application Default Credentials; null leaves it to the machine the process runs on. */
  keyFile: string | null;
}

/** 1 GB, of which BigQuery charges about half a cent. */
const DEFAULT_MAXIMUM_BYTES = 1_000_000_000;

export const isCloudAddress = (url: string): boolean => url.startsWith('bigquery://');

/** Reads an address; credentials and the emulator come from the environment alone. Throws InvalidInputError. */
export function readCloudAddress(url: string, environment = process.env): CloudAddress {
  const remedy = 'Write bigquery://project/dataset?location=EU&maximumBytesBilled=1000000000.';
  const match = /^bigquery:\/\/([A-Za-z0-9.:_-]+)\/(\w+)\/?(?:\?(.*))?$/.exec(url);
  if (!match) throw new InvalidInputError(`${url} is no address of a BigQuery dataset.`, remedy);
  const { location = null, maximumBytesBilled, ...unknown } = Object.fromEntries(new URLSearchParams(match[3] ?? ''));
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw new InvalidInputError(`A BigQuery address has no parameter "${name}".`, remedy);
  const bytes = Number(maximumBytesBilled ?? DEFAULT_MAXIMUM_BYTES);
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new InvalidInputError(`maximumBytesBilled=${maximumBytesBilled} is no number of bytes.`, remedy);
  }
  const host = environment.BIGQUERY_EMULATOR_HOST;
  return {
    ...{ project: match[1]!, dataset: match[2]!, location, maximumBytesBilled: bytes },
    emulator: host ? (/^https?:/.test(host) ? host : `http://${host}`).replace(/\/$/, '') : null,
    keyFile: environment.GOOGLE_APPLICATION_CREDENTIALS ?? wellKnownKeyFile(environment),
  };
}

/** Where `gcloud auth application-default login` puts the credentials. The child process has no HOME to find them itself. */
function wellKnownKeyFile(environment: NodeJS.ProcessEnv): string | null {
  const folder = environment.CLOUDSDK_CONFIG ?? join(homedir(), '.config', 'gcloud');
  const file = join(folder, 'application_default_credentials.json');
  return existsSync(file) ? file : null;
}
