import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];
const noBuiltins = (who) => ({
  'no-restricted-imports': [
    'error',
    { paths: builtins.map((name) => ({ name, message: `${who} use no Node built-in.` })) },
  ],
});

export default tseslint.config(
  { ignores: ['dist/', 'dist.partial/', '.dialectic/', 'node_modules/', 'test/replay/histories/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // An activity that is called and not awaited is the costliest mistake here: the workflow goes on without it.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Where a value is known to be there, `!` says so in one character; the type checker knows no array's length.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['workflows/**/*.ts'], rules: noBuiltins('Workflows') },
  { files: ['core/**/*.ts'], rules: noBuiltins('Core modules') },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
);
