"""What Klankbord remembers: tables, transactions, queries and migrations."""
