import { describe, expect, it } from 'vitest';
import { compareGuides } from '../../../core/guides/compare.js';

describe('compareGuides', () => {
  it('tells new, changed, gone and unchanged guides apart by id and hash', () => {
    const before = [
      { id: 'kept', hash: '1' },
      { id: 'edited', hash: '1' },
      { id: 'removed', hash: '1' },
    ];
    const now = [
      { id: 'added', hash: '1' },
      { id: 'edited', hash: '2' },
      { id: 'kept', hash: '1' },
    ];
    expect(compareGuides(before, now)).toEqual({
      new: ['added'],
      changed: ['edited'],
      gone: ['removed'],
      unchanged: ['kept'],
    });
  });
});
