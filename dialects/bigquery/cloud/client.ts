import type { BigQuery } from '@google-cloud/bigquery';
import type { CloudAddress } from './address.js';

/** Google's client of an address. Imported only here, for most have no use for it. */
export async function connect(address: CloudAddress): Promise<BigQuery> {
  const { BigQuery } = await import('@google-cloud/bigquery');
  const { project, location, emulator, keyFile } = address;
  const client = new BigQuery({
    projectId: project,
    ...(location === null ? {} : { location }),
    ...(emulator === null ? {} : { apiEndpoint: emulator }),
    ...(keyFile === null || emulator !== null ? {} : { keyFilename: keyFile }),
  });
  if (emulator !== null) {
    // An emulator knows no credentials, and those of the user are none of its business.
    Object.assign(client.authClient, { authorizeRequest: (request: unknown) => Promise.resolve(request) });
  }
  return client;
}

/** One GET of the API below the project. The client's own methods turn rows into objects of its classes; these are as sent. */
export function get<T>(
  client: BigQuery,
  uri: string,
  parameters: Record<string, string | number | boolean>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    client.request({ uri, qs: parameters }, (error: Error | null, body: unknown) => {
      if (error) reject(error);
      else resolve(body as T);
    });
  });
}
