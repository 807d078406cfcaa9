import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complain, isNewEnough } from '../../deploy/local/setup/find-python.mjs';
import { buildMark, isBuildFresh } from '../../deploy/local/setup/freshness.mjs';
import { nodeModulesMatch } from '../../deploy/local/setup/packages-of-npm.mjs';
import { explain } from '../../deploy/local/setup/run-program.mjs';
import { hashOf, isStamped, stamp, unstamp } from '../../deploy/local/setup/stamp.mjs';
import { closingLine, tallyOfPytest, tallyOfVitest, withExitStatus } from '../../deploy/local/setup/tally.mjs';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dialectic-setup-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('stamps', () => {
  it('hold until an input changes', () => {
    const lock = join(folder, 'lock');
    const mark = join(folder, 'environment', '.stamp');
    writeFileSync(lock, 'one');
    stamp(mark, hashOf([lock]));
    expect(isStamped(mark, hashOf([lock]))).toBe(true);
    writeFileSync(lock, 'two');
    expect(isStamped(mark, hashOf([lock]))).toBe(false);
  });

  it('are gone while a step runs', () => {
    const mark = join(folder, '.stamp');
    stamp(mark, 'hash');
    unstamp(mark);
    expect(isStamped(mark, 'hash')).toBe(false);
  });
});

describe('nodeModulesMatch', () => {
  const wanted = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '2.0.0', integrity: 'sha512-b', optional: true },
  };
  const write = (installed: object | undefined) => {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    mkdirSync(join(folder, 'node_modules'));
    if (installed)
      writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
    return nodeModulesMatch(folder);
  };

  it('is false where nothing is installed', () => expect(write(undefined)).toBe(false));
  it('is true without the packages of other systems', () =>
    expect(write({ 'node_modules/a': wanted['node_modules/a'] })).toBe(true));
  it('is false where a package is missing', () =>
    expect(write({ 'node_modules/b': wanted['node_modules/b'] })).toBe(false));
  it('is false where a package is another version', () =>
    expect(write({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-x' } })).toBe(false));
});

describe('isBuildFresh', () => {
  const source = () => join(folder, 'cli', 'main.ts');
  beforeEach(() => {
    for (const name of ['cli', 'dist']) mkdirSync(join(folder, name));
    writeFileSync(source(), '');
    for (const path of [source(), join(folder, 'cli')]) utimesSync(path, 1000, 1000);
    writeFileSync(buildMark(folder), '');
    utimesSync(buildMark(folder), 2000, 2000);
  });

  it('holds while no source is newer than the build', () => expect(isBuildFresh(folder)).toBe(true));
  it('ends when a source changes', () => {
    utimesSync(source(), 3000, 3000);
    expect(isBuildFresh(folder)).toBe(false);
  });
  it('ends when a source is removed', () => {
    writeFileSync(join(folder, 'cli', 'other.ts'), '');
    rmSync(join(folder, 'cli', 'other.ts'));
    expect(isBuildFresh(folder)).toBe(false);
  });
  it('needs no sources, as in an installed package', () => {
    rmSync(join(folder, 'cli'), { recursive: true });
    expect(isBuildFresh(folder)).toBe(true);
  });
});

describe('what can be missing', () => {
  it('knows Python 3.10 and later', () => {
    expect(
      [
        [3, 10, 0],
        [3, 14, 1],
        [4, 0, 0],
      ].map((version) => isNewEnough(version)),
    ).toEqual([true, true, true]);
    expect(
      [
        [3, 9, 18],
        [2, 7, 18],
      ].map((version) => isNewEnough(version)),
    ).toEqual([false, false]);
  });

  it('tells no Python, an old one and one without venv apart', () => {
    const old = { version: [3, 8, 1], venv: true, path: '/usr/bin/python3' };
    const bare = { version: [3, 11, 2], venv: false, path: '/usr/bin/python3' };
    expect(complain([], undefined).what).toBe('Python was not found.');
    expect(complain([old], undefined).what).toBe('Python 3.8.1 at /usr/bin/python3 is too old.');
    expect(complain([old, bare], undefined).remedy).toContain('python3-venv');
    expect(complain([bare], undefined, [3, 99]).what).toContain('too old for the trainer');
    expect(complain([bare], undefined, [3, 99]).remedy).toContain('--without-trainer');
    expect(complain([], '/opt/py').what).toContain('/opt/py');
  });

  it.each([
    ['npm error code ENOTFOUND', 'could not be reached'],
    ['error: Failed to fetch: `https://…`  dns error', 'could not be reached'],
    ['OSError: [Errno 28] No space left on device', 'disk is full'],
    ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES', 'not the one that was pinned'],
    ["EACCES: permission denied, mkdir 'x'", 'may not be written'],
    ['something else', '`npm ci` failed.'],
  ])('names the cause of: %s', (output, what) => expect(explain('npm ci', output).what).toContain(what));
});

describe('the closing line', () => {
  it('counts files that vitest could not load as failures', () => {
    const report = join(folder, 'vitest.json');
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    ];
    const counts = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };
    writeFileSync(report, JSON.stringify({ testResults, ...counts }));
    expect(tallyOfVitest(report)).toEqual({ passed: 1, failed: 2, skipped: 2 });
  });

  it("reads pytest's report", () => {
    const report = join(folder, 'pytest.xml');
    const suite = '<testsuite name="pytest" errors="1" failures="2" skipped="3" tests="16" time="1.2">';
    writeFileSync(report, `<?xml version="1.0"?><testsuites name="pytest tests">${suite}</testsuite></testsuites>`);
    expect(tallyOfPytest(report)).toEqual({ passed: 10, failed: 3, skipped: 3 });
  });

  it('lets no runner fail unseen', () => {
    expect(withExitStatus({ passed: 5, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(withExitStatus(tallyOfVitest(join(folder, 'none')), 127).failed).toBe(1);
  });

  it('names skipped tests only where there are any', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
