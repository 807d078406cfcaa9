import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import type protobuf from 'protobufjs';
import { analyzerOptions, languageOptions } from './language.js';
import { dropDebugChecks } from './debug-checks.js';
import { loadMessages } from './messages.js';
import { Instance, Module } from './web-assembly.js';

/** GoogleSQL reads the time zones' rules from here; it sees no other folder. */
const ZONEINFO = '/usr/share/zoneinfo';

interface Exports {
  memory: { buffer: ArrayBuffer };
  wasm_malloc(bytes: number): number;
  wasm_free(pointer: number): void;
  wasm_get_last_error(): number;
  wasm_get_last_error_size(): number;
  [method: `ZetaSqlLocalService_${string}`]: (request: number, bytes: number, outBytes: number) => number;
}

/** What GoogleSQL says of a statement it does not run. `code` is gRPC's: 3 invalid, 11 run-time, 12 not implemented, … */
export class GoogleSqlError extends Error {
  readonly code: number;

  constructor(text: string) {
    const code = /Code:\s*(\d+)/.exec(text)?.[1];
    super(text.replace(/^.*?Message:\s*/s, '').trim());
    this.code = Number(code ?? 2);
  }
}

/** GoogleSQL's local service in this process: its WebAssembly and its messages. */
export class GoogleSqlService {
  /** Counts the instances: what was registered in an earlier one is lost. */
  generation = 0;
  readonly language: object;
  readonly options: object;
  private readonly module: Module;
  private readonly messages: protobuf.Root;
  private exports!: Exports;

  constructor(folder: string) {
    this.messages = loadMessages(join(folder, 'zetasql.desc.bin'));
    const wasm = readFileSync(join(folder, 'zetasql.wasm'));
    dropDebugChecks(wasm);
    this.module = new Module(wasm);
    this.language = languageOptions(this.messages.lookupEnum('zetasql.LanguageFeature').values);
    this.options = analyzerOptions(this.language);
    this.restart();
  }

  /** Starts a fresh instance, as is needed after a trap has left the old one in an unknown state. */
  restart(): void {
    const preopens = existsSync(ZONEINFO) ? { [ZONEINFO]: ZONEINFO } : {};
    const wasi = new WASI({ version: 'preview1', args: [], env: {}, preopens });
    const instance = new Instance(this.module, { wasi_snapshot_preview1: wasi.wasiImport });
    wasi.initialize(instance);
    this.exports = instance.exports as unknown as Exports;
    this.generation += 1;
  }

  /**
   * Calls a method of the service. Throws GoogleSqlError for what the service reports, and WebAssembly.RuntimeError or
   * RangeError for a trap, after which the service has been restarted.
   */
  call(method: string, requestType: string, request: object, responseType: string): Record<string, unknown> {
    try {
      return this.exchange(method, requestType, request, responseType);
    } catch (error) {
      if (!(error instanceof GoogleSqlError)) this.restart();
      throw error;
    }
  }

  private exchange(
    method: string,
    requestType: string,
    request: object,
    responseType: string,
  ): Record<string, unknown> {
    const { exports } = this;
    const type = this.messages.lookupType(requestType);
    const bytes = type.encode(type.fromObject(request)).finish();
    const requestPointer = exports.wasm_malloc(bytes.length || 1);
    const sizePointer = exports.wasm_malloc(4);
    new Uint8Array(exports.memory.buffer).set(bytes, requestPointer);
    const responsePointer = exports[`ZetaSqlLocalService_${method}`]!(requestPointer, bytes.length, sizePointer);
    try {
      if (!responsePointer) throw new GoogleSqlError(this.lastError());
      const size = new DataView(exports.memory.buffer).getUint32(sizePointer, true);
      const response = new Uint8Array(exports.memory.buffer, responsePointer, size).slice();
      exports.wasm_free(responsePointer);
      const decoder = this.messages.lookupType(responseType);
      return decoder.toObject(decoder.decode(response), { longs: String, enums: String, oneofs: true });
    } finally {
      exports.wasm_free(requestPointer);
      exports.wasm_free(sizePointer);
    }
  }

  private lastError(): string {
    const { exports } = this;
    const size = exports.wasm_get_last_error_size();
    return Buffer.from(new Uint8Array(exports.memory.buffer, exports.wasm_get_last_error(), size)).toString();
  }
}
