"""The encrypted database: connection, migrations, rows, journal, search, one file per noun."""
