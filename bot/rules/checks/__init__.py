"""The rules that findings are made of, one file a subject."""
