/** The part of WebAssembly that is used here; Node has it, but its types come only with those of browsers. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => Module;
  Instance: new (module: Module, imports: object) => { exports: object };
}

/** A compiled module, which only an instance looks into. */
export interface Module {
  readonly [Symbol.toStringTag]: string;
}

export const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
