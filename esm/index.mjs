import marketo from '../dist/index.js'

// For Node a CommonJS module is one object, with the default export as a member.
export default marketo.default
