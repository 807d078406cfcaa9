import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { writePrivateJson } from './private-file.js';
import { serverEnvironment, type EmbeddedServer, type Place } from './server.js';

const BUCKET = 'dialectic';
/** Holds one object, written at each start, which shows that volumes can be written and read. */
const READINESS_BUCKET = 'readiness';
const REGION = 'us-east-1';

/** SeaweedFS in one process: master, volume, filer and S3 gateway; only the gateway is used. */
export const s3Server: EmbeddedServer<'s3'> = {
  part: 's3',
  title: 'S3 (SeaweedFS)',
  portNames: [
    's3',
    's3Grpc',
    'seaweedMaster',
    'seaweedMasterGrpc',
    'seaweedVolume',
    'seaweedVolumeGrpc',
    'seaweedFiler',
    'seaweedFilerGrpc',
    'seaweedAdmin',
  ],

  async prepare({ home, ports, credentials }) {
    const folder = join(home.state, 's3');
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const identities = join(folder, 'identities.json');
    writePrivateJson(identities, {
      identities: [
        {
          name: 'dialectic',
          credentials: [{ accessKey: credentials.s3AccessKeyId, secretKey: credentials.s3SecretAccessKey }],
          actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'],
        },
      ],
    });
    return {
      name: 's3',
      program: join(home.tools, 'stack', 'bin', 'weed'),
      args: [
        // Otherwise it writes logs of its own into the shared temporary folder.
        '-logtostderr=true',
        'mini',
        ...[
          '-ip=127.0.0.1',
          '-ip.bind=127.0.0.1',
          `-dir=${data}`,
          `-bucket=${BUCKET},${READINESS_BUCKET}`,
          `-s3.config=${identities}`,
        ],
        ...[`-s3.port=${ports.s3}`, `-s3.port.grpc=${ports.s3Grpc}`, '-s3.port.iceberg=0', '-s3.port.lance=0'],
        ...[`-master.port=${ports.seaweedMaster}`, `-master.port.grpc=${ports.seaweedMasterGrpc}`],
        ...[`-volume.port=${ports.seaweedVolume}`, `-volume.port.grpc=${ports.seaweedVolumeGrpc}`],
        ...[`-filer.port=${ports.seaweedFiler}`, `-filer.port.grpc=${ports.seaweedFilerGrpc}`],
        ...[`-admin.port=${ports.seaweedAdmin}`, '-admin.ui=false'],
        // A resumed master waits up to 20 s for volume servers other than its own; a new one learns of the volumes at once.
        '-master.resumeState=false',
        // Stopping waits for idle connections to end.
        '-idleTimeout=5',
        ...['-webdav=false', '-master.telemetry=false', ...socketOption(join(folder, 's3.sock'))],
      ],
      env: serverEnvironment(folder),
      stopSignal: 'SIGTERM',
      stopSeconds: 30,
    };
  },

  address: ({ ports, credentials }) => ({
    endpoint: `http://127.0.0.1:${ports.s3}`,
    region: REGION,
    bucket: BUCKET,
    accessKeyId: credentials.s3AccessKeyId,
    secretAccessKey: credentials.s3SecretAccessKey,
  }),

  reachedAt: ({ endpoint }) => endpoint,

  async probe(place) {
    await withClient(place, async (client, { HeadBucketCommand }) => {
      await client.send(new HeadBucketCommand({ Bucket: BUCKET }), { abortSignal: AbortSignal.timeout(5000) });
    });
  },

  async settle(place) {
    const deadline = Date.now() + 30_000;
    for (;;) {
      try {
        return await withClient(place, writeAndRead);
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(200);
      }
    }
  },
};

/** Writes an object and reads it back: the gateway answers before it knows the volumes on which objects lie. */
async function writeAndRead(client: S3Client, sdk: Sdk): Promise<void> {
  const object = { Bucket: READINESS_BUCKET, Key: 'ready' };
  const Body = new Date().toISOString();
  await client.send(new sdk.PutObjectCommand({ ...object, Body }));
  const reply = await client.send(new sdk.GetObjectCommand(object));
  if ((await reply.Body?.transformToString()) !== Body) throw new Error('S3 does not give back what it was given.');
}

/** Kept out of the shared temporary folder, where the server would leave it; a socket's path may have 107 characters. */
function socketOption(socket: string): string[] {
  return socket.length > 107 ? [] : [`-s3.localSocket=${socket}`];
}

type Sdk = typeof import('@aws-sdk/client-s3');

async function withClient(place: Place, use: (client: S3Client, sdk: Sdk) => Promise<void>) {
  const sdk = await import('@aws-sdk/client-s3');
  const { endpoint, region, accessKeyId, secretAccessKey } = s3Server.address(place);
  const credentials = { accessKeyId, secretAccessKey };
  const client = new sdk.S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  try {
    await use(client, sdk);
  } finally {
    client.destroy();
  }
}
