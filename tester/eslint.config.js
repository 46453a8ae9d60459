const reactHooks = require('eslint-plugin-react-hooks')

module.exports = [
  ...require('../eslint.config.js'),
  {
    files: ['page/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' }
  }
]
