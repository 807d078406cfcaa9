import { InferenceSession } from 'onnxruntime-node';
import { CorruptArtifactError } from '../../core/errors.js';

/** Opens a graph on the CPU. @throws CorruptArtifactError */
export async function openSession(graph: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(graph, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that spin while they wait take the cores from everything else on the machine, and from each other.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw new CorruptArtifactError(`${graph} cannot be opened.`, 'Export the model again.', { cause: error });
  }
}
