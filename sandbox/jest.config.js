module.exports = require('../scripts/tests/package-config.js')('sandbox', __dirname)
