"""Files in: tables read, columns matched, values normalised, problems found. Writes nothing."""
