const { existsSync } = require('fs')
const { join } = require('path')

// Without this, npm says only that it cannot find jest or tsx. An install without the tester has no Express.
const isInstalled = ['tsx', 'jest', 'express'].every((name) => existsSync(join(__dirname, '../node_modules', name)))
if (!isInstalled) {
  process.stderr.write('The dependencies are missing. Run this first: npm install\n')
  process.exit(1)
}
