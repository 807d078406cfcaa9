import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Pool } from '../core/contract.js';
import { InvalidInputError, UnreachableError } from '../core/errors.js';
import { locateHome, type Home } from './home.js';
import { settingsSchema, type Settings } from './settings.js';

export { describeSettings } from './settings.js';

/** Addresses and credentials of the embedded servers; a part that is configured elsewhere is absent. */
export const stackAddressesSchema = z.object({
  temporal: z.object({ address: z.string(), namespace: z.string(), ui: z.string() }),
  postgres: z.object({ url: z.string() }),
  s3: z.object({
    endpoint: z.string(),
    region: z.string(),
    bucket: z.string(),
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
  }),
});
export type StackAddresses = z.infer<typeof stackAddressesSchema>;

export interface TemporalConfig {
  /** host:port; absent where a profile of the Temporal configuration file holds it. */
  address?: string;
  namespace?: string;
  /** The web interface, known for the embedded server only. */
  ui?: string;
  /** 'environment': connect with what `@temporalio/envconfig` loads (TLS, API key and all). */
  source: 'embedded' | 'environment';
}

export interface PostgresConfig {
  url: string;
}

export interface S3Config {
  /** Absent for AWS itself. */
  endpoint?: string;
  region: string;
  bucket: string;
  /** Absent where the AWS SDK's credential chain finds them. */
  accessKeyId?: string;
  secretAccessKey?: string;
  forcePathStyle: boolean;
}

/** An OpenAI-compatible endpoint and the model asked for there. */
export interface ModelEndpoint {
  url: string;
  model: string;
  apiKey?: string;
}

export interface Config {
  home: Home;
  logLevel: Settings['DIALECTIC_LOG_LEVEL'];
  temporal?: TemporalConfig;
  postgres?: PostgresConfig;
  s3?: S3Config;
  /** Absent: the offline teacher. */
  teacher?: ModelEndpoint;
  judge?: ModelEndpoint;
  /** Keys of models under test, by the names that run specs give them. */
  testedKeys: Record<string, string>;
  /** File of what models cost. */
  pricesFile?: string;
  /** Asked of every request to `dialectic serve`. */
  apiKey?: string;
  /** Activities at a time in one worker of a pool, where it is not the pool's usual number. */
  slots: Partial<Record<Pool, number>>;
  /** Ports that the user insists on for embedded servers. */
  ports: { temporal?: number; temporalUi?: number; postgres?: number; s3?: number };
}

/** A configuration with all three servers known. */
export type ConnectedConfig = Config & Required<Pick<Config, 'temporal' | 'postgres' | 's3'>>;

/**
 * Reads the configuration: environment variables first, then what the embedded stack wrote when it started.
 * @param stackAddressesFile null: as if no embedded stack ran
 * @throws InvalidInputError naming the variable that is wrong
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, stackAddressesFile?: string | null): Config {
  const settings = parseSettings(env);
  const home = locateHome(env);
  const embedded = stackAddressesFile === null ? {} : readStackAddresses(stackAddressesFile ?? home.stackFile);
  const teacher = modelEndpoint(settings, 'TEACHER');
  return {
    home,
    logLevel: settings.DIALECTIC_LOG_LEVEL,
    temporal: configuredTemporal(settings) ?? embeddedTemporal(embedded),
    postgres: settings.DATABASE_URL ? { url: settings.DATABASE_URL } : embedded.postgres,
    s3: configuredS3(settings) ?? (embedded.s3 && { ...embedded.s3, forcePathStyle: true }),
    teacher,
    judge: modelEndpoint(settings, 'JUDGE', teacher),
    testedKeys: settings.DIALECTIC_ENDPOINT_API_KEYS ?? {},
    pricesFile: settings.DIALECTIC_PRICES,
    apiKey: settings.DIALECTIC_API_KEY,
    slots: settings.DIALECTIC_SLOTS ?? {},
    ports: {
      temporal: settings.DIALECTIC_TEMPORAL_PORT,
      temporalUi: settings.DIALECTIC_TEMPORAL_UI_PORT,
      postgres: settings.DIALECTIC_POSTGRES_PORT,
      s3: settings.DIALECTIC_S3_PORT,
    },
  };
}

/** The configuration of a command that needs Temporal, PostgreSQL and S3. */
export function requireStack(config: Config): ConnectedConfig {
  const { temporal, postgres, s3 } = config;
  if (temporal && postgres && s3) return { ...config, temporal, postgres, s3 };
  const missing = Object.entries({ Temporal: temporal, PostgreSQL: postgres, S3: s3 })
    .filter(([, part]) => !part)
    .map(([name]) => name);
  throw new UnreachableError(
    `No ${missing.join(', ')} is configured or running.`,
    'Run `dialectic up`, or set TEMPORAL_ADDRESS, DATABASE_URL and S3_ENDPOINT to servers of your own.',
  );
}

function parseSettings(env: NodeJS.ProcessEnv): Settings {
  const parsed = settingsSchema.safeParse(env);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new InvalidInputError(
    `The environment variable ${issue.path.join('.')} is wrong: ${issue.message}.`,
    'Run `dialectic config` to see what each variable means, and set or unset it.',
  );
}

function readStackAddresses(file: string): Partial<StackAddresses> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    if (code === 'EACCES')
      throw new InvalidInputError(
        `${file} belongs to another user.`,
        'Use the same user for all commands, or set DIALECTIC_HOME to a folder of your own.',
      );
    throw error;
  }
  return stackAddressesSchema.partial().parse(JSON.parse(text));
}

function configuredTemporal(settings: Settings): TemporalConfig | undefined {
  const { TEMPORAL_ADDRESS, TEMPORAL_PROFILE, TEMPORAL_CONFIG_FILE, TEMPORAL_NAMESPACE } = settings;
  if (!TEMPORAL_ADDRESS && !TEMPORAL_PROFILE && !TEMPORAL_CONFIG_FILE) return undefined;
  return { address: TEMPORAL_ADDRESS, namespace: TEMPORAL_NAMESPACE, source: 'environment' };
}

function embeddedTemporal({ temporal }: Partial<StackAddresses>): TemporalConfig | undefined {
  return temporal && { ...temporal, source: 'embedded' };
}

function configuredS3(settings: Settings): S3Config | undefined {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_FORCE_PATH_STYLE } = settings;
  if (!S3_ENDPOINT && !S3_BUCKET) return undefined;
  return {
    endpoint: S3_ENDPOINT,
    region: S3_REGION ?? 'us-east-1',
    bucket: S3_BUCKET ?? 'dialectic',
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    forcePathStyle: S3_FORCE_PATH_STYLE ?? S3_ENDPOINT !== undefined,
  };
}

function modelEndpoint(
  settings: Settings,
  role: 'TEACHER' | 'JUDGE',
  usual?: ModelEndpoint,
): ModelEndpoint | undefined {
  const model = settings[`DIALECTIC_${role}_MODEL`];
  const url = settings[`DIALECTIC_${role}_URL`] ?? (model ? usual?.url : undefined);
  if (!url && !model) return undefined;
  if (!url || !model)
    throw new InvalidInputError(
      `DIALECTIC_${role}_URL and DIALECTIC_${role}_MODEL go together, and only one is set.`,
      'Set both, or neither.',
    );
  return { url, model, apiKey: settings[`DIALECTIC_${role}_API_KEY`] ?? usual?.apiKey };
}
