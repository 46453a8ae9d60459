/** Loaded into the test server and its rehearsals: the real Marketo of the tests is played on this machine. */
import https from 'node:https'
import net from 'node:net'

const [munchkinId, port] = (process.env.PLAYED_MARKETO ?? '').split(' ')
const host = new RegExp(`^${munchkinId}\\.mkto(rest|resp)\\.com$`, 'i')
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its agent
const connectDirectly = https.Agent.prototype.createConnection

// With a plain socket, Node speaks plain HTTP.
https.Agent.prototype.createConnection = function (...[options, callback]) {
  if (!host.test(options.host ?? '')) return connectDirectly.call(this, options, callback)
  return net.connect(Number(port), '127.0.0.1')
}
