import type { Guide } from '../template.js';

/** Ids of guides against those of an earlier scrape, each list sorted. Later stages work only on what is new or changed. */
export interface GuideChanges {
  new: string[];
  changed: string[];
  gone: string[];
  unchanged: string[];
}

/** Compares by id and hash; two guides with the same text under different addresses are different guides. */
export function compareGuides(
  previous: Pick<Guide, 'id' | 'hash'>[],
  current: Pick<Guide, 'id' | 'hash'>[],
): GuideChanges {
  const before = new Map(previous.map((guide) => [guide.id, guide.hash]));
  const now = new Map(current.map((guide) => [guide.id, guide.hash]));
  const changes: GuideChanges = { new: [], changed: [], gone: [], unchanged: [] };
  for (const [id, hash] of now) {
    const old = before.get(id);
    changes[old === undefined ? 'new' : old === hash ? 'unchanged' : 'changed'].push(id);
  }
  for (const id of before.keys()) if (!now.has(id)) changes.gone.push(id);
  for (const list of Object.values(changes) as string[][]) list.sort();
  return changes;
}
