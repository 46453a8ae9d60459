import https from 'node:https'
import net from 'node:net'

const hostsOf = (munchkinId: string) => new RegExp(`^${munchkinId}\\.mkto(rest|resp)\\.com$`, 'i')

/** With a plain socket, Node speaks plain HTTP, so that a request for an https URL needs no certificate. */
class MarketoAgent extends https.Agent {
  constructor(private readonly port: number, private readonly host: RegExp) {
    super({ keepAlive: true })
  }

  createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    if (!this.host.test(options.host ?? '')) return super.createConnection(options, callback)
    return net.connect(this.port, '127.0.0.1')
  }
}

/**
 * Sends https requests for `*.mktorest.com` and `*.mktoresp.com` to the sandbox on `port`, and all others to their own
 * hosts. The returned function undoes it.
 * @param munchkinId the one instance that is routed; if absent, all are
 */
export function routeMarketoTo(port: number, munchkinId = '[^.]+'): () => void {
  const former = https.globalAgent
  const agent = new MarketoAgent(port, hostsOf(munchkinId))
  https.globalAgent = agent
  return () => {
    https.globalAgent = former
    agent.destroy()
  }
}
