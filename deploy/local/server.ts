import type { DaemonSpec } from './daemon.js';
import type { Credentials } from './credentials.js';
import type { Home } from '../../schema/home.js';
import type { Ports } from './ports.js';
import type { StackAddresses } from '../../schema/config.js';

export type Part = keyof StackAddresses;

/** What a server is started with. */
export interface Place {
  home: Home;
  ports: Ports;
  credentials: Credentials;
  /** Told in a sentence what the user should know, for example where data lies. */
  note: (sentence: string) => void;
}

/** One server of the embedded stack: how it is started, when it is ready, where it is reached. */
export interface EmbeddedServer<P extends Part = Part> {
  part: P;
  /** As people call it. */
  title: string;
  /** Every port it listens on, by a name of its own. */
  portNames: readonly string[];
  /** Makes the data folder where there is none yet, and says how the program is run. */
  prepare(place: Place): Promise<DaemonSpec>;
  address(place: Place): StackAddresses[P];
  /** What to show of an address. */
  reachedAt(address: StackAddresses[P]): string;
  /** Returns when the server does its work, throws while it does not. */
  probe(place: Place): Promise<void>;
  /** Done once the server answers, each time it was started: roles, databases, buckets. */
  settle?(place: Place): Promise<void>;
}

/** Servers get none of the user's variables: an AWS or Temporal setting of theirs must not change how one runs. */
export function serverEnvironment(folder: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: folder, TMPDIR: process.env.TMPDIR, TZ: 'UTC' };
}
