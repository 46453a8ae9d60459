import marketo from '../dist/index.js'

declare const destination: typeof marketo.default
export default destination
