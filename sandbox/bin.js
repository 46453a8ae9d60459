#!/usr/bin/env node
const { existsSync } = require('fs')
const { join } = require('path')

// The package on npm has only the compiled code, and the repository only its source.
const source = join(__dirname, 'cli.ts')
if (existsSync(source)) {
  require('tsx/cjs')
  require(source)
} else require('./dist/cli.js')
