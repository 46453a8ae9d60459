import { useState } from 'react'
import { testAuthentication } from '../shared/server'
import { useSettings } from '../store/tester'

/** Whether Marketo accepts the credentials. */
export function AuthenticationTest({ onAsked }: { onAsked: () => void }) {
  const settings = useSettings()
  const [result, setResult] = useState<{ good?: boolean; words: string }>()
  const test = async () => {
    setResult({ words: 'Asking Marketo…' })
    setResult(
      await testAuthentication(settings).then(
        ({ ok, error = 'It failed.', marketo }) => ({
          good: ok,
          words: ok ? `The credentials work: ${marketo.label}.` : error
        }),
        (error: Error) => ({ good: false, words: error.message })
      )
    )
    onAsked()
  }
  return (
    <>
      <button type="button" onClick={() => void test()}>
        Test authentication
      </button>
      <p role="status" className={result?.good === undefined ? 'faint' : result.good ? 'good' : 'problem'}>
        {result?.words}
      </p>
    </>
  )
}
