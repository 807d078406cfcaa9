import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, as the system counts it; compared, never interpreted. */
  started: string;
}

/**
 * Identifies a running process; undefined where there is none, or only a zombie that nobody has collected.
 * Source of the fields: proc(5), /proc/[pid]/stat; elsewhere ps(1).
 */
export function identify(pid: number): ProcessIdentity | undefined {
  const found = process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  if (!found || found.state.startsWith('X')) return undefined;
  // A killed process's first thread can be a zombie while others still end and hold its ports.
  if (found.state.startsWith('Z') && found.threads <= 1) return undefined;
  return { pid, started: found.started };
}

/** Whether exactly this process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return identify(pid)?.started === started;
}

interface Observation {
  state: string;
  started: string;
  /** Threads that have not ended; 1 where the system does not say. */
  threads: number;
}

function fromProc(pid: number): Observation | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Ticks since boot repeat after a reboot, so the boot's id belongs to the identity.
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    return { state: fields[0]!, started: `${boot}-${fields[19]!}`, threads: Number(fields[17]) };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): Observation | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [state, ...started] = line.split(/\s+/);
    return state ? { state, started: started.join(' '), threads: 1 } : undefined;
  } catch {
    return undefined;
  }
}
