module.exports = require('../scripts/tests/package-config.js')('tester', __dirname)
