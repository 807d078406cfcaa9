import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InvalidInputError, UnreachableError } from '../../core/errors.js';
import { describeSettings, loadConfig, requireStack } from '../../schema/config.js';
import { locateHome, projectRoot } from '../../schema/home.js';

const folder = mkdtempSync(join(tmpdir(), 'dialectic-config-'));
const stackFile = join(folder, 'stack.json');
const embedded = {
  temporal: { address: '127.0.0.1:7233', namespace: 'default', ui: 'http://127.0.0.1:8233' },
  postgres: { url: 'postgres://dialectic:secret@127.0.0.1:5432/dialectic' },
  s3: {
    endpoint: 'http://127.0.0.1:8333',
    region: 'us-east-1',
    bucket: 'dialectic',
    accessKeyId: 'a',
    secretAccessKey: 'b',
  },
};
writeFileSync(stackFile, JSON.stringify(embedded));
afterAll(() => rmSync(folder, { recursive: true }));

describe('loadConfig', () => {
  it('takes the embedded servers where nothing else is configured', () => {
    const config = requireStack(loadConfig({}, stackFile));
    expect(config.temporal).toEqual({ ...embedded.temporal, source: 'embedded' });
    expect(config.postgres).toEqual(embedded.postgres);
    expect(config.s3).toEqual({ ...embedded.s3, forcePathStyle: true });
  });

  it('prefers each configured server to its embedded part', () => {
    const env = { TEMPORAL_ADDRESS: 'cloud:7233', DATABASE_URL: 'postgres://db/d', S3_ENDPOINT: 'https://s3.example' };
    const config = loadConfig(env, stackFile);
    expect(config.temporal).toMatchObject({ address: 'cloud:7233', source: 'environment' });
    expect(config.postgres).toEqual({ url: 'postgres://db/d' });
    expect(config.s3).toMatchObject({ endpoint: 'https://s3.example', bucket: 'dialectic', forcePathStyle: true });
  });

  it('leaves Temporal to its own configuration file where a profile is named', () => {
    expect(loadConfig({ TEMPORAL_PROFILE: 'staging' }, stackFile).temporal).toEqual({
      address: undefined,
      namespace: undefined,
      source: 'environment',
    });
  });

  it('speaks to AWS itself where only a bucket is named', () => {
    const { s3 } = loadConfig({ S3_BUCKET: 'mine', S3_REGION: 'eu-central-1' }, stackFile);
    expect(s3).toMatchObject({ endpoint: undefined, bucket: 'mine', region: 'eu-central-1', forcePathStyle: false });
  });

  it('counts an empty variable as one that is not set', () => {
    expect(loadConfig({ TEMPORAL_ADDRESS: '', DATABASE_URL: '' }, stackFile).postgres).toEqual(embedded.postgres);
  });

  it('reads how many activities a worker of each pool runs', () => {
    expect(loadConfig({ DIALECTIC_SLOTS: 'sql=8, eval=2' }, null).slots).toEqual({ sql: 8, eval: 2 });
    expect(loadConfig({}, null).slots).toEqual({});
    for (const wrong of ['sql', 'sql=0', 'sql=many', 'disk=2'])
      expect(() => loadConfig({ DIALECTIC_SLOTS: wrong }, null)).toThrowError(/DIALECTIC_SLOTS/);
  });

  it('names the variable that is wrong', () => {
    expect(() => loadConfig({ DATABASE_URL: 'nonsense' }, null)).toThrowError(InvalidInputError);
    expect(() => loadConfig({ DATABASE_URL: 'nonsense' }, null)).toThrowError(/DATABASE_URL/);
    expect(() => loadConfig({ DIALECTIC_S3_PORT: '70000' }, null)).toThrowError(/DIALECTIC_S3_PORT/);
  });

  it('says which servers are missing, and how to get them', () => {
    const config = loadConfig({ DATABASE_URL: 'postgres://db/d' }, null);
    expect(() => requireStack(config)).toThrowError(UnreachableError);
    expect(() => requireStack(config)).toThrowError(/No Temporal, S3 is configured or running. Run `dialectic up`/);
  });

  it('has the judge use the endpoint of the teacher unless it has its own', () => {
    const teacher = {
      DIALECTIC_TEACHER_URL: 'http://llm/v1',
      DIALECTIC_TEACHER_MODEL: 'big',
      DIALECTIC_TEACHER_API_KEY: 'k',
    };
    const config = loadConfig({ ...teacher, DIALECTIC_JUDGE_MODEL: 'other' }, null);
    expect(config.teacher).toEqual({ url: 'http://llm/v1', model: 'big', apiKey: 'k' });
    expect(config.judge).toEqual({ url: 'http://llm/v1', model: 'other', apiKey: 'k' });
    expect(() => loadConfig({ DIALECTIC_TEACHER_URL: 'http://llm/v1' }, null)).toThrowError(/go together/);
  });
});

describe('describeSettings', () => {
  it('masks secrets and shows everything else', () => {
    const rows = describeSettings({ DATABASE_URL: 'postgres://u:secret@h/d', S3_BUCKET: 'mine' });
    expect(rows.find(({ name }) => name === 'DATABASE_URL')?.value).toBe('********');
    expect(rows.find(({ name }) => name === 'S3_BUCKET')?.value).toBe('mine');
    expect(JSON.stringify(rows)).not.toContain('secret@');
  });

  it('explains every setting', () => {
    for (const { about } of describeSettings({})) expect(about.length).toBeGreaterThan(10);
  });
});

describe('locateHome', () => {
  it('keeps state and tools in the checkout unless told otherwise', () => {
    expect(locateHome({}).state).toBe(join(projectRoot(), '.dialectic'));
    expect(locateHome({ DIALECTIC_HOME: '/data/d' })).toMatchObject({
      state: '/data/d',
      stackFile: '/data/d/stack.json',
      tools: join(projectRoot(), '.dialectic'),
    });
  });
});
