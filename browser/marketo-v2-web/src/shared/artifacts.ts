export * from '../../../../src/leads/who/artifacts'
