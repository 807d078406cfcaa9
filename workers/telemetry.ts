import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogLevel } from '@temporalio/worker';
import { pino } from 'pino';
import type { Config } from '../schema/config.js';

/** One JSON line a log entry on stderr; the SDK's own entries and its core's among them. */
export function installTelemetry(logLevel: Config['logLevel']): void {
  const log = pino({ level: logLevel }, pino.destination(2));
  const levels: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
    ...{ TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' },
  };
  Runtime.install({
    logger: new DefaultLogger('TRACE', ({ level, message, meta }) => log[levels[level]]({ ...meta }, message)),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} } },
  });
}
