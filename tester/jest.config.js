module.exports = {
  ...require('../scripts/tests/package-config.js')('tester', __dirname),
  globalSetup: '<rootDir>/__tests__/once/global-setup.ts',
  globalTeardown: '<rootDir>/__tests__/once/global-teardown.ts'
}
