import { z } from 'zod';
import { pools } from '../core/contract.js';

/** What `dialectic config` shows of a setting beside its value. */
export interface SettingNotes {
  about: string;
  /** Shown where the variable is not set. */
  usual?: string;
  secret?: boolean;
}

/** An empty variable counts as one that is not set: that is how shells and compose files unset one. */
const text = z.preprocess((value) => (value === '' ? undefined : value), z.string().trim().optional());
const port = z.preprocess((value) => value || undefined, z.coerce.number().int().min(1).max(65535).optional());
const url = z.preprocess((value) => value || undefined, z.url().optional());
const flag = z.preprocess(
  (value) => value || undefined,
  z
    .enum(['true', 'false', '1', '0'])
    .transform((value) => value === 'true' || value === '1')
    .optional(),
);
const level = z.preprocess(
  (value) => value || undefined,
  z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
);

/** `sql=8,eval=2` as a record. */
const slots = z.preprocess(
  (value) =>
    typeof value !== 'string' || value === ''
      ? undefined
      : Object.fromEntries(value.split(',').map((entry) => entry.split('=').map((part) => part.trim()))),
  z
    .partialRecord(z.enum(pools), z.coerce.number<string>().int('no whole number').min(1, 'below 1').max(1000))
    .optional(),
);

/** `gpt=sk-1,local=2` as a record; a key may hold an equals sign. */
const keys = z.preprocess(
  (value) =>
    typeof value !== 'string' || value === ''
      ? undefined
      : Object.fromEntries(
          value.split(',').map((entry) => [entry.split('=')[0]!.trim(), entry.split('=').slice(1).join('=').trim()]),
        ),
  z.record(z.string().min(1), z.string().min(1, 'a key is empty; write name=key')).optional(),
);

function setting<T extends z.ZodType>(type: T, notes: SettingNotes): T {
  return type.meta({ ...notes });
}

/** Every environment variable that Dialectic reads. Workflows read none: what they need is in their input. */
export const settingsSchema = z.object({
  DIALECTIC_HOME: setting(text, {
    about: 'Folder of the local stack: data, credentials, logs',
    usual: '.dialectic in the checkout',
  }),
  DIALECTIC_TOOLS: setting(text, {
    about: 'Folder of what set-up installs: Python, server programs, GoogleSQL',
    usual: '.dialectic in the checkout',
  }),
  DIALECTIC_GOOGLESQL_DIR: setting(text, {
    about: 'Folder of zetasql.wasm and zetasql.desc.bin, the engine of the BigQuery dialect',
    usual: 'where set-up puts them',
  }),
  DIALECTIC_PYTHON: setting(text, { about: 'Python that runs the trainer', usual: 'the one set-up made' }),
  DIALECTIC_LOG_LEVEL: setting(level, {
    about: 'Least severe log line that workers write: fatal, error, warn, info, debug, trace or silent',
    usual: 'info',
  }),

  DIALECTIC_DEPLOYMENT: setting(text, {
    about: 'Name and build of a worker deployment, name/build: its workers take only runs pinned to that build',
    usual: 'workers take every run',
  }),
  DIALECTIC_SLOTS: setting(slots, {
    about: 'Activities that one worker of a pool runs at a time, by pool: sql=8,eval=2',
    usual: 'io=8, llm=4, sql=2, eval=1; gpu one for each training that fits',
  }),

  TEMPORAL_ADDRESS: setting(text, { about: 'Temporal front end, host:port', usual: 'the embedded server' }),
  TEMPORAL_NAMESPACE: setting(text, { about: 'Temporal namespace', usual: 'default' }),
  TEMPORAL_PROFILE: setting(text, { about: 'Profile of the Temporal configuration file', usual: 'default' }),
  TEMPORAL_CONFIG_FILE: setting(text, { about: 'Temporal configuration file (TOML)', usual: "the SDK's usual place" }),
  TEMPORAL_API_KEY: setting(text, { about: 'API key for Temporal; turns TLS on', secret: true }),
  TEMPORAL_TLS: setting(text, { about: 'TLS to Temporal, true or false' }),
  TEMPORAL_TLS_CLIENT_CERT_PATH: setting(text, { about: 'Client certificate for mutual TLS' }),
  TEMPORAL_TLS_CLIENT_KEY_PATH: setting(text, { about: 'Key of the client certificate' }),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: setting(text, { about: 'Certificate authority of the Temporal server' }),
  TEMPORAL_TLS_SERVER_NAME: setting(text, { about: 'Server name that the certificate must bear' }),

  DATABASE_URL: setting(url, {
    about: 'PostgreSQL that holds index, lineage and cost ledger, postgres://…; behind a pooler in session mode',
    usual: 'the embedded server',
    secret: true,
  }),

  MARIADB_URL: setting(url, {
    about: 'MariaDB server and a user who may create databases and users there, for sample databases: mariadb://…',
    usual: 'MariaDB databases by their own address only',
    secret: true,
  }),

  S3_ENDPOINT: setting(url, { about: 'S3-compatible endpoint, https://…', usual: 'the embedded server' }),
  S3_BUCKET: setting(text, { about: 'Bucket of the artifacts', usual: 'dialectic' }),
  S3_REGION: setting(text, { about: 'Region of the bucket', usual: 'us-east-1' }),
  S3_ACCESS_KEY_ID: setting(text, { about: 'Access key of the bucket', usual: "the AWS SDK's credential chain" }),
  S3_SECRET_ACCESS_KEY: setting(text, { about: 'Secret of the access key', secret: true }),
  S3_FORCE_PATH_STYLE: setting(flag, {
    about: 'Bucket in the path and not in the host name',
    usual: 'true with S3_ENDPOINT',
  }),

  DIALECTIC_TEACHER_URL: setting(url, {
    about: 'OpenAI-compatible endpoint of the teacher, https://…/v1',
    usual: 'the offline teacher',
  }),
  DIALECTIC_TEACHER_MODEL: setting(text, { about: "The teacher's model" }),
  DIALECTIC_TEACHER_API_KEY: setting(text, { about: 'Key of the teacher endpoint', secret: true }),
  DIALECTIC_JUDGE_URL: setting(url, {
    about: 'OpenAI-compatible endpoint of the judge',
    usual: "the teacher's endpoint where DIALECTIC_JUDGE_MODEL is set",
  }),
  DIALECTIC_JUDGE_MODEL: setting(text, { about: "The judge's model, another than the teacher's" }),
  DIALECTIC_JUDGE_API_KEY: setting(text, { about: 'Key of the judge endpoint', secret: true }),
  DIALECTIC_ENDPOINT_API_KEYS: setting(keys, {
    about: 'Keys of the models under test that run specs name in evaluate.endpoints: name=key,name=key',
    usual: 'they are asked without a key',
    secret: true,
  }),
  DIALECTIC_PRICES: setting(text, {
    about:
      'JSON file of US dollars a million tokens by model: {"<model>": {"input", "cachedInput"?, "output", "batch"?: {…}}}',
    usual: 'no price is known',
  }),

  DIALECTIC_API_KEY: setting(text, {
    about: 'Key that `dialectic serve` asks of every request; without it only this machine is answered',
    secret: true,
  }),

  DIALECTIC_TEMPORAL_PORT: setting(port, { about: 'Port of the embedded Temporal', usual: 'a free one' }),
  DIALECTIC_TEMPORAL_UI_PORT: setting(port, { about: 'Port of the Temporal UI', usual: 'a free one' }),
  DIALECTIC_POSTGRES_PORT: setting(port, { about: 'Port of the embedded PostgreSQL', usual: 'a free one' }),
  DIALECTIC_S3_PORT: setting(port, { about: 'Port of the embedded S3', usual: 'a free one' }),
});

export type Settings = z.infer<typeof settingsSchema>;

/** A row of the table that `dialectic config` prints. */
export interface SettingRow {
  name: string;
  value: string | null;
  usual: string | null;
  about: string;
}

/** Every setting with its present value; a secret shows only that it is set. */
export function describeSettings(env: NodeJS.ProcessEnv): SettingRow[] {
  return Object.entries(settingsSchema.shape).map(([name, type]) => {
    const { about, usual, secret } = type.meta() as unknown as SettingNotes;
    const value = env[name] || null;
    return { name, value: value && secret ? '********' : value, usual: usual ?? null, about };
  });
}
