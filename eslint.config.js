// What the compiler does not see: promises nobody waits for, `any`, loose comparisons, templates that can carry foreign HTML.
import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

/** Rules that need no types; they run over everything. */
const everywhere = {
  eqeqeq: ['error', 'always'],
  'no-console': 'off',
  'no-else-return': 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-param-reassign': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-undef': 'off',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/no-non-null-assertion': 'error',
};

/** Rules that ask the compiler. */
const typed = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

const withTypes = (project, files, ignores = []) => ({
  files,
  ignores,
  languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  rules: typed,
});

export default [
  { ignores: ['node_modules/', 'dist/', 'data/', '.cache/', 'coverage/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/essential'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.vue'] } } },
  { rules: everywhere },
  {
    files: ['**/*.vue'],
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
    },
  },
  withTypes(
    './tsconfig.json',
    ['server/**/*.ts', 'tools/**/*.ts', 'test/**/*.ts'],
    [
      'server/domain/**',
      'server/contract/**',
      'test/**/*.browser.test.ts',
      'test/browser/**',
      'test/portal-ui/**',
      'test/admin-ui/**',
      'test/ui-kit/**',
      'test/forms/vue/**',
      'test/forms-vue/**',
      'test/setup/browser.ts',
    ],
  ),
  withTypes('./tsconfig.domain.json', ['server/domain/**/*.ts', 'server/contract/**/*.ts']),
  withTypes('./tsconfig.forms.json', ['forms/**/*.ts'], ['forms/vue/**']),
];
