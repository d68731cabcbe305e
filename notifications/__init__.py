"""The outbox: write a message in the transaction, deliver it after commit, never lose one."""
