"""Keys: slots, passphrase, keyring. Knows no table."""
