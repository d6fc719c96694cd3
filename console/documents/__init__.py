"""PDF out: each document takes one finished record and gives bytes. No queries, no sums."""
