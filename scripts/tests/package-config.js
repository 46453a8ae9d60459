/**
 * Jest's configuration of one package: `npm test` in its folder, and a part of `npm test` in the root.
 * @param displayName as `--selectProjects` takes it
 * @param rootDir the package's folder
 */
module.exports = (displayName, rootDir) => ({
  displayName,
  rootDir,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Jest looks up each global in the context of the test file, which takes several times as long as in plain Node.
  sandboxInjectedGlobals: ['Object', 'Array'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/coverage/']
})
