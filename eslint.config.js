const { readdirSync } = require('fs')
const { join } = require('path')
const js = require('@eslint/js')
const lodash = require('eslint-plugin-lodash')
const prettier = require('eslint-config-prettier')
const tseslint = require('typescript-eslint')

const ROOMS = ['marketo', 'leads', 'segment']
/** Every other folder of src is an action. */
const ACTIONS = readdirSync(join(__dirname, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !ROOMS.includes(entry.name))
  .map(({ name }) => name)

const ABOVE_LEADS = ['segment', ...ACTIONS].map((room) => `**/${room}/**`)

const restricted = (files, ...patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } })

/** What the destination stands without: everything that tries it, measures it or converts into it. */
const AROUND_SRC = {
  group: ['sandbox', 'tester', 'rehearsal', 'migration', 'setup-check', 'examples', 'scripts', 'bench'].flatMap(
    (room) => [`**/${room}`, `**/${room}/**`]
  ),
  message: 'src/ and browser/ know nothing of what is around them.'
}
const AROUND_SANDBOX = {
  group: [...AROUND_SRC.group.filter((pattern) => !pattern.includes('sandbox')), '**/src/**', '**/browser/*/src/**'],
  message: 'The sandbox is a package of its own.'
}
const TESTER = {
  group: ['**/tester/**', '!**/tester/package.json'],
  message:
    'Arrows go one way: tester -> rehearsal, setup-check, migration -> src. What others need too is in examples/.'
}
const AROUND_REHEARSAL = {
  group: ['tester', 'migration', 'setup-check', 'examples', 'scripts', 'bench'].flatMap((room) => [
    `**/${room}`,
    `**/${room}/**`
  ]),
  message: "Arrows go one way: scripts, tester -> rehearsal -> src and the sandbox's rules."
}
const ONLY_RULES = "A rehearsal uses the sandbox's rules, and neither its controls nor its browser side."
/** How Marketo decides is shared. What plays a Marketo for others is not. */
const SANDBOX_RULES = {
  group: ['**/sandbox/*', ...['state', 'rest', 'http', 'route-marketo'].map((part) => `!**/sandbox/${part}`)],
  message: ONLY_RULES
}
const SANDBOX_ITSELF = { regex: '/sandbox$', message: ONLY_RULES }
const REHEARSAL = {
  group: ['**/rehearsal', '**/rehearsal/**'],
  message: 'Arrows go one way: scripts, tester -> rehearsal, migration -> src.'
}

/**
 * Arrows go one way: an import of what lies further up, types included, makes a circle.
 * @param rooms from bottom to top
 * @param above what lies above all rooms, as patterns
 * @param around what the whole house stands without
 */
const oneWay = (house, rooms, above, message, ...around) =>
  rooms.map((room, i) =>
    restricted(
      [`${house}/${room}/**/*.ts`],
      { group: [...rooms.slice(i + 1).map((upper) => `**/${upper}/**`), ...above], message },
      ...around
    )
  )

const arrows = [
  restricted(['src/**/*.ts', 'browser/**/*.ts'], AROUND_SRC),
  restricted(['sandbox/**/*.ts'], AROUND_SANDBOX),
  restricted(['migration/**/*.ts', 'examples/**/*.ts'], TESTER, REHEARSAL),
  restricted(['setup-check/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts', '__tests__/**/*.ts'], TESTER),
  restricted(['rehearsal/*.ts'], AROUND_REHEARSAL, SANDBOX_RULES, SANDBOX_ITSELF),
  ...oneWay(
    'rehearsal',
    ['input', 'wire', 'picture', 'delivery', 'plan'],
    ['../rehearse', '../stand-in'],
    'Arrows go one way: plan -> delivery -> picture -> wire, input.',
    AROUND_REHEARSAL,
    SANDBOX_RULES,
    SANDBOX_ITSELF
  ),
  ...oneWay(
    'src',
    ROOMS,
    ACTIONS.map((action) => `**/${action}/**`),
    'Arrows go one way: actions -> segment -> leads -> marketo.',
    AROUND_SRC
  ),
  ...oneWay(
    'src/leads',
    ['who', 'finding', 'merging', 'visitors', 'rounds', 'records'],
    ABOVE_LEADS,
    'Arrows go one way: records -> rounds -> visitors, merging -> finding -> who.',
    AROUND_SRC
  ),
  ...oneWay(
    'src/marketo',
    ['values', 'transport', 'calls', 'areas'],
    ['**/leads/who/**', '**/leads/finding/**', '**/leads/rounds/**', ...ABOVE_LEADS],
    'Arrows go one way: areas -> calls -> transport, values.',
    AROUND_SRC
  ),
  ...oneWay(
    'sandbox',
    ['state', 'rest', 'browser', 'control', 'http'],
    ['../index'],
    'Arrows go one way: http -> control -> browser -> rest -> state.',
    AROUND_SANDBOX
  ),
  {
    files: ['sandbox/state/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['../*'], message: 'The state knows neither HTTP nor the other parts of the sandbox.' }] }
      ]
    }
  }
]

const notAStatement = (expression) =>
  [`:not(ExpressionStatement, ForStatement) > ${expression}`, `ForStatement > ${expression}:not(.update)`].join(', ')
const statements = [
  { selector: notAStatement('AssignmentExpression'), message: 'Assign in a statement of its own.' },
  { selector: notAStatement('UpdateExpression'), message: 'Count in a statement of its own.' }
]

module.exports = tseslint.config(
  { ignores: ['**/dist/', 'coverage/', '**/node_modules/'] },
  {
    files: ['**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly', process: 'readonly' }
    }
  },
  {
    // Scripts for the browser.
    files: ['sandbox/browser/public/*.js', '**/website/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        [
          ...['window', 'document', 'location', 'navigator', 'fetch', 'setTimeout', 'crypto', 'history', 'Element'],
          ...['URL', 'URLSearchParams', 'TextEncoder', 'FormData', 'console']
        ].map((name) => [name, 'readonly'])
      )
    }
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [js.configs.recommended, ...tseslint.configs.recommendedTypeChecked, prettier],
    plugins: { lodash },
    languageOptions: {
      parserOptions: {
        project: ['.', './sandbox', './tester', './tester/page'].map((folder) => `${folder}/tsconfig.json`),
        tsconfigRootDir: __dirname
      }
    },
    // The rules that segmentio/action-destinations adds to the recommended ones.
    rules: {
      'no-undef': 'off',
      'lodash/import-scope': ['error', 'method'],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true }
      ]
    }
  },
  {
    // Off in action-destinations, whose ESLint would call a comment that disables it unused.
    files: ['browser/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' }
  },
  {
    // As the actions CLI writes them: `interface Settings {}`.
    files: ['browser/**/generated-types.ts'],
    rules: { '@typescript-eslint/no-empty-object-type': 'off' }
  },
  ...arrows,
  {
    files: ['**/*.js', '**/*.mjs', '**/*.ts', '**/*.tsx'],
    rules: {
      'no-sequences': ['error', { allowInParentheses: false }],
      'no-restricted-syntax': ['error', ...statements]
    }
  },
  {
    files: ['src/**/*.ts', 'browser/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...statements,
        {
          selector: "ImportDeclaration[source.value='crypto'] ImportSpecifier[imported.name='createHash']",
          message: 'action-destinations reserves createHash for its hashing helper: disable this line and say why.'
        },
        {
          selector: 'ImportDeclaration[source.value=/^@segment\\u002Factions-core\\u002F/]',
          message: 'Import from @segment/actions-core only: the published package has no other paths.'
        }
      ]
    }
  }
)
