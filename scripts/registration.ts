/** What a checkout of action-destinations lacks, so that it knows an exported folder. */
export interface Registration {
  /** The file with the list of destinations. */
  list: string
  /** Which ID the line has. */
  id: string
  /** The entry in the list, in quotes. */
  entry: string
  /** A line for the package.json beside the list, if the list needs one. */
  dependency?: string
}

/**
 * What to do in the checkout, in order. The second export is not a repetition: once the cookie plugin is registered under the ID of the
 * cloud destination, the checkout's CI wants the plugin's action in the cloud's metadata.json.
 */
export function howToRegister(missing: Registration[]): string {
  const lists = [...new Set(missing.map(({ list }) => list))]
  const dependencies = missing.flatMap(({ dependency }) => dependency ?? [])
  const steps = [
    ...lists.map((file) => [
      `Add to ${file}, with the IDs that Segment gives you:`,
      ...missing.filter(({ list }) => list === file).map(({ id, entry }) => `  register('<${id}>', ${entry})`)
    ]),
    ...(dependencies.length > 0
      ? [
          [
            'Add to the dependencies in packages/destinations-manifest/package.json:',
            ...dependencies.map((line) => `  ${line}`)
          ]
        ]
      : []),
    ["Export again: the cookie plugin's action then joins the metadata.json of the cloud destination."],
    ['Run `yarn install`, which links the web packages.'],
    [
      'Run the checks:',
      '  yarn cloud test --testPathPattern=destinations/marketo-v2',
      '  yarn browser test --testPathPattern=destinations/marketo-v2',
      '  ./bin/run validate',
      '  ./bin/run generate:types',
      '  ./bin/run generate:metadata-payload'
    ]
  ]
  return [
    '\nEach folder is a pull request of its own, and so is the registration. To register:\n',
    ...steps.map(([first, ...lines], i) => [`${i + 1}. ${first}`, ...lines.map((line) => `   ${line}`)].join('\n'))
  ].join('\n')
}
