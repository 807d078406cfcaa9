import type { Trainer } from '../adapters/trainer/process.js';

/** Writes a model's ONNX form into its folder, as `onnx/`, so that it is decoded without Python. */
export async function exportOnnx(
  trainer: Trainer,
  { model, work, signal }: { model: string; work: string; signal: AbortSignal },
): Promise<void> {
  await trainer.run({ command: 'export', spec: { model }, out: model, work, signal, onEvent: () => undefined });
}
