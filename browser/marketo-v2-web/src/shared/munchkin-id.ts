export * from '../../../../src/marketo/munchkin-id'
