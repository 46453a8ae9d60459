export * from '../../../../src/marketo/transport/munchkin-id'
